using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>What was made of files, and is made anew when they change: certificates are renewed without a restart, which would end every call.</summary>
/// <remarks>Safe from any thread. Handshakes that began with what was before may still use it, so it is left to the collector.</remarks>
internal sealed class RenewedFiles<T>
    where T : class
{
    private readonly IReadOnlyList<string> _paths;
    private readonly Func<(T? Made, CertificateFault? Fault)> _make;
    private readonly Func<T, SslStreamCertificateContext> _certificate;
    private readonly TimeSpan _lookEvery;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _looking = new();
    private T _made;
    private long _lookedAt;
    private string _stamp;
    private string? _fault;

    /// <exception cref="ArgumentException">The files cannot be used.</exception>
    public RenewedFiles(
        IEnumerable<string> paths,
        Func<(T? Made, CertificateFault? Fault)> make,
        Func<T, SslStreamCertificateContext> certificate,
        TimeSpan lookEvery,
        TimeProvider time,
        ILogger log)
    {
        (_paths, _make, _certificate, _lookEvery, _time, _log) = ([.. paths], make, certificate, lookEvery, time, log);
        _stamp = Stamp();
        _lookedAt = time.GetTimestamp();
        var (made, fault) = make();
        _made = made ?? throw new ArgumentException(fault!.Text, nameof(paths));
    }

    /// <summary>Of the newest files that could be used.</summary>
    public T Current
    {
        get
        {
            lock (_looking)
            {
                if (_time.GetElapsedTime(_lookedAt) >= _lookEvery) Look();
                return _made;
            }
        }
    }

    private void Look()
    {
        _lookedAt = _time.GetTimestamp();
        var stamp = Stamp();
        if (stamp == _stamp)
        {
            _fault = null;
            return;
        }

        var (newer, fault) = _make();
        if (newer is not null)
        {
            (_made, _stamp, _fault) = (newer, stamp, null);
            var shown = _certificate(newer).TargetCertificate;
            SipLog.CertificateReloaded(_log, shown.Thumbprint, shown.NotAfter);
        }
        else if (fault!.Text != _fault)
        {
            // Tried again at every look: what mends it, as a change of its owner does, need not show in the stamp.
            _fault = fault.Text;
            SipLog.CertificateUnusable(_log, fault.Text);
        }
    }

    private string Stamp() => string.Join('|', _paths.Select(path =>
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}:{file.Length}" : "";
    }));
}
