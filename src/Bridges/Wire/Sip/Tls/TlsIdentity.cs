using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>The material of the next handshake: certificates are renewed without a restart, which would end every call.</summary>
internal sealed class TlsIdentity
{
    private readonly SipTlsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _looking = new();
    private TlsMaterial _material;
    private long _lookedAt;
    private string _stamp;

    /// <exception cref="ArgumentException">The files cannot be used.</exception>
    public TlsIdentity(SipTlsOptions options, TimeProvider time, ILogger log)
    {
        (_options, _time, _log) = (options, time, log);
        _stamp = Stamp();
        _lookedAt = time.GetTimestamp();
        _material = TlsMaterial.TryLoad(options, out var fault) ?? throw new ArgumentException(fault, nameof(options));
    }

    /// <summary>The newest files that could be used.</summary>
    public TlsMaterial Current
    {
        get
        {
            lock (_looking)
            {
                if (_time.GetElapsedTime(_lookedAt) >= _options.LookEvery) Look();
                return _material;
            }
        }
    }

    private void Look()
    {
        _lookedAt = _time.GetTimestamp();
        var stamp = Stamp();
        if (stamp == _stamp) return;
        if (TlsMaterial.TryLoad(_options, out var fault) is { } newer)
        {
            // A file that is only half written is tried again at the next look, as its stamp will have changed once more.
            _material = newer;
            SipLog.CertificateReloaded(_log, newer.Certificate.TargetCertificate.Thumbprint, newer.Certificate.TargetCertificate.NotAfter);
        }
        else
        {
            SipLog.CertificateUnusable(_log, fault);
        }

        _stamp = stamp;
    }

    private string Stamp() => string.Join('|', Paths().Select(path =>
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}:{file.Length}" : "";
    }));

    private IEnumerable<string> Paths()
    {
        string?[] paths = [_options.Certificate, _options.Key, _options.PasswordFile, _options.Authorities];
        return paths.OfType<string>();
    }
}
