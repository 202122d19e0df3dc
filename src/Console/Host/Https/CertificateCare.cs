using System.Diagnostics.Metrics;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Console.Host.Https;

/// <summary>A certificate that the node shows, and the setting that it comes from.</summary>
internal sealed record CaredCertificate(string Setting, CertificateFiles Files);

/// <summary>Renews what the local authority issued before it ends, and says in time of the others that theirs does.</summary>
internal sealed partial class CertificateCare : BackgroundService
{
    /// <summary>The meter of certificates, as telemetry subscribes to it.</summary>
    public const string MeterName = "Interop.Certificates";

    private static readonly TimeSpan s_lookEvery = TimeSpan.FromHours(6);
    private static readonly TimeSpan s_warnAt = TimeSpan.FromDays(14);

    private readonly IReadOnlyList<CaredCertificate> _certificates;
    private readonly LocalAuthority? _authority;
    private readonly LocalNames _names;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Meter _meter;

    /// <param name="certificates">All that are shown.</param>
    /// <param name="authority">The local authority; null when none of them is of it.</param>
    /// <param name="names">What it issues for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it says so.</param>
    /// <param name="meters">Where it counts the days.</param>
    public CertificateCare(
        IReadOnlyList<CaredCertificate> certificates, LocalAuthority? authority, LocalNames names, TimeProvider time, ILogger<CertificateCare> logger, IMeterFactory meters)
    {
        (_certificates, _authority, _names, _time, _logger) = (certificates, authority, names, time, logger);
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("interop.certificate.days_left", Days, unit: null, "Days until a certificate that the node shows ends; negative after that.");
    }

    /// <summary>Before anything listens: a node that was off for long must not begin with what has ended meanwhile.</summary>
    public override Task StartAsync(CancellationToken cancel)
    {
        Look();
        return base.StartAsync(cancel);
    }

    /// <summary>Renews and says what is to be said.</summary>
    internal void Look()
    {
        Renew();
        foreach (var (setting, files) in _certificates)
        {
            if (End(files) is not { } end)
                continue;
            if (end <= _time.GetUtcNow())
                Expired(_logger, setting, files.Certificate, end);
            else if (end - _time.GetUtcNow() < s_warnAt)
                Ending(_logger, setting, files.Certificate, end);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(s_lookEvery, _time);
        while (await timer.WaitForNextTickAsync(stopping))
            Look();
    }

    private void Renew()
    {
        try
        {
            if (_authority?.Renew(_names.Current()) == true)
                Renewed(_logger);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or InvalidOperationException
            or ArgumentException or NetworkInformationException or SocketException)
        {
            NotRenewed(_logger, failure.Message);
        }
    }

    private IEnumerable<Measurement<double>> Days() =>
        from cared in _certificates
        let end = End(cared.Files)
        where end is not null
        select new Measurement<double>((end.Value - _time.GetUtcNow()).TotalDays, new KeyValuePair<string, object?>("setting", cared.Setting));

    private static DateTimeOffset? End(CertificateFiles files)
    {
        // What cannot be read is told of by whoever serves it.
        if (files.TryLoad(out _) is not { } loaded)
            return null;
        using X509Certificate2 shown = loaded.TargetCertificate;
        return new DateTimeOffset(shown.NotAfter);
    }

    [LoggerMessage(4701, LogLevel.Error, "{Setting}: the certificate of {File} expired at {End}; browsers and partners refuse it until the file is renewed")]
    private static partial void Expired(ILogger logger, string setting, string file, DateTimeOffset end);

    [LoggerMessage(4702, LogLevel.Warning, "{Setting}: the certificate of {File} ends at {End}; renew the file, and it is taken without a restart")]
    private static partial void Ending(ILogger logger, string setting, string file, DateTimeOffset end);

    [LoggerMessage(4703, LogLevel.Information, "The local authority issued a new certificate for this node")]
    private static partial void Renewed(ILogger logger);

    [LoggerMessage(4704, LogLevel.Error, "The local authority could not issue a certificate: {Reason}")]
    private static partial void NotRenewed(ILogger logger, string reason);
}
