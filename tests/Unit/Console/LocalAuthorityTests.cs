using System.Net.NetworkInformation;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Console.Host.Https;
using Interop.Console.Host.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Tests.Unit.Console;

public sealed class LocalAuthorityTests : IDisposable
{
    private static readonly string[] Names = ["hub.example", "10.1.2.3", "localhost"];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DataOptions _data = new(Directory.CreateTempSubdirectory("interop-authority-").FullName);
    private readonly LocalAuthority _authority;

    public LocalAuthorityTests() => _authority = new LocalAuthority(_data, _time);

    private string Issued => File.ReadAllText(LocalAuthority.ServerFile(_data));

    [Fact]
    public void What_it_issues_is_a_server_of_the_names_that_whoever_trusts_it_accepts()
    {
        Assert.True(_authority.Create());
        _authority.Issue(Names);

        using var server = X509Certificate2.CreateFromPem(Issued);
        using var root = X509CertificateLoader.LoadCertificateFromFile(_authority.CertificateFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().LocalDateTime;
        Assert.True(chain.Build(server), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(server.MatchesHostname("hub.example") && server.MatchesHostname("10.1.2.3") && !server.MatchesHostname("other.example"));
    }

    [Fact]
    public void Issuing_again_keeps_the_authority_and_one_that_has_ended_is_made_anew()
    {
        _authority.Create();
        var before = File.ReadAllText(_authority.CertificateFile);
        Assert.False(_authority.Create());
        Assert.Equal(before, File.ReadAllText(_authority.CertificateFile));

        _time.Advance(TimeSpan.FromDays(3651));
        Assert.True(_authority.Create());
        Assert.NotEqual(before, File.ReadAllText(_authority.CertificateFile));
    }

    [Fact]
    public void Keys_are_for_the_nodes_user_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        _authority.Create();
        _authority.Issue(Names);
        foreach (var path in Directory.EnumerateFiles(_data.Authority).Where(path => File.ReadAllText(path).Contains("PRIVATE KEY", StringComparison.Ordinal)))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(_authority.CertificateFile), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_data.Authority));
    }

    [Fact]
    public void A_certificate_is_renewed_before_it_ends_and_when_an_address_is_new()
    {
        _authority.Create();
        _authority.Issue(Names);
        _time.Advance(TimeSpan.FromDays(59));
        Assert.False(_authority.Renew(Names));
        Assert.True(_authority.Renew([.. Names, "10.1.2.4"]));
        _time.Advance(TimeSpan.FromDays(61));
        Assert.True(_authority.Renew(Names));
        Assert.False(_authority.Renew(Names));
    }

    [Fact]
    public async Task The_node_renews_by_itself_and_serves_the_new_one_without_a_restart()
    {
        _authority.Create();
        _authority.Issue(Names);
        var files = new CertificateFiles(LocalAuthority.ServerFile(_data));
        var served = new ServedCertificate(files, _time, NullLogger.Instance);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var care = new CertificateCare(
            [new CaredCertificate("Console:Tls:Certificate", files)], _authority, new LocalNames(() => Names), _time, NullLogger<CertificateCare>.Instance,
            services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var first = Thumbprint(served.Current);
        care.Look();
        Assert.Equal(first, Thumbprint(served.Current));

        _time.Advance(TimeSpan.FromDays(61));
        care.Look();
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.NotEqual(first, Thumbprint(served.Current));
    }

    [Fact]
    public async Task Whatever_keeps_a_certificate_from_being_issued_is_told_and_ends_nothing()
    {
        _authority.Create();
        var ended = new FakeTimeProvider(_time.GetUtcNow() + TimeSpan.FromDays(3651));
        var early = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromDays(365));
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        foreach (var (time, names, reason) in new (TimeProvider, Func<IReadOnlyList<string>>, string)[]
        {
            (ended, () => Names, "ended at"),
            (early, () => Names, ""),
            (_time, () => throw new NetworkInformationException(), ""),
        })
        {
            var log = new Told();
            using var care = new CertificateCare(
                [], new LocalAuthority(_data, time), new LocalNames(names), time, log, services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
            care.Look();
            var (level, text) = Assert.Single(log.Lines);
            Assert.Equal(LogLevel.Error, level);
            Assert.StartsWith("The local authority could not issue a certificate: ", text, StringComparison.Ordinal);
            Assert.Contains(reason, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1, LogLevel.Information)]
    [InlineData(80, LogLevel.Warning)]
    [InlineData(91, LogLevel.Error)]
    public async Task A_certificate_that_ends_is_told_of_in_time(int day, LogLevel told)
    {
        _authority.Create();
        _authority.Issue(Names);
        var log = new Told();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var care = new CertificateCare(
            [new CaredCertificate("Console:Tls:Certificate", new CertificateFiles(LocalAuthority.ServerFile(_data)))], authority: null, new LocalNames(() => Names), _time, log,
            services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        _time.Advance(TimeSpan.FromDays(day));

        care.Look();

        Assert.Equal(told, log.Lines.Select(line => line.Level).DefaultIfEmpty(LogLevel.Information).Single());
        Assert.All(log.Lines, line => Assert.StartsWith("Console:Tls:Certificate: ", line.Text, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_data.Directory, recursive: true);

    private sealed class Told : ILogger<CertificateCare>
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }

    private static string Thumbprint(SslStreamCertificateContext context) => context.TargetCertificate.Thumbprint;
}
