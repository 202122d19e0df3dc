using System.Net.Security;
using Interop.Bridges.Wire.Sip.Tls;
using Microsoft.Extensions.Logging;

namespace Interop.Tests.Unit.Wire.Sip.Tls;

/// <summary>A renewed certificate is taken, whenever it can be.</summary>
public sealed class RenewedFilesTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public void A_file_that_could_not_be_read_is_taken_as_soon_as_it_can_though_it_did_not_change_and_told_of_once()
    {
        var files = _authority.Issue("peer", ["hub.example"]).Files;
        var readable = true;
        var log = new Told();
        var renewed = new RenewedFiles<SslStreamCertificateContext>(
            files.Paths, () => readable ? (files.TryLoad(out var fault), fault) : (null, new CertificateFault("Certificate", "Permission denied.")),
            static loaded => loaded, TimeSpan.Zero, TimeProvider.System, log);
        var first = renewed.Current.TargetCertificate.Thumbprint;

        // As root writes it, for root alone.
        readable = false;
        _authority.Issue("peer", ["hub.example", "new.example"]);
        for (var look = 0; look < 3; look++) Assert.Equal(first, renewed.Current.TargetCertificate.Thumbprint);
        Assert.Equal(LogLevel.Error, Assert.Single(log.Levels));

        readable = true;
        Assert.NotEqual(first, renewed.Current.TargetCertificate.Thumbprint);
        Assert.Equal([LogLevel.Error, LogLevel.Information], log.Levels);
    }

    public void Dispose() => _authority.Dispose();

    private sealed class Told : ILogger
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Add(logLevel);
    }
}
