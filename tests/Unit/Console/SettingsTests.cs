using Interop.Console.Host.Https;
using Interop.Console.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Interop.Tests.Unit.Console;

public sealed class SettingsTests
{
    [Fact]
    public void Without_any_setting_the_node_listens_on_the_loopback_alone()
    {
        var (settings, errors) = Read();

        Assert.Empty(errors);
        Assert.Equal(["http://localhost:8080"], settings.Web.Urls);
        Assert.Equal("127.0.0.1", Assert.Single(settings.Voice.Sip.Bind).ToString());
        Assert.Equal(5060, settings.Voice.Sip.Port);
        Assert.Equal("10000-19999", settings.Voice.Media.Ports.ToString());
        Assert.Equal("127.0.0.1", Reached(settings, null));
        Assert.Equal(Path.GetFullPath("data"), settings.Data.Directory);
    }

    [Fact]
    public void All_errors_are_listed_at_once_each_with_its_setting()
    {
        var (_, errors) = Read(
            ("urls", "localhost:8080"),
            ("Sip:Bind", "everywhere"),
            ("Sip:Port", "70000"),
            ("Media:Ports", "20000-10000"),
            ("Media:AdvertisedAddress", "0.0.0.0"),
            ("Provisioning:File", "/nowhere/file.json"),
            ("SignIn:AttemptsPerMinute", "-1"),
            ("Voice:Language", "fr"),
            ("Voice:Prompts", "/nowhere"),
            ("Voice:Speak", "perhaps"),
            ("Sip:Prot", "5060"));

        string[] named = ["ASPNETCORE_URLS", "Sip:Bind", "Sip:Port", "Media:Ports", "Media:AdvertisedAddress", "Provisioning:File", "SignIn:AttemptsPerMinute", "Voice:Language", "Voice:Prompts", "Voice:Speak", "Sip:Prot"];
        Assert.Equal(named.Order(StringComparer.Ordinal), errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_of_several_nodes_says_by_which_address_the_others_reach_it_and_no_error_repeats_the_secret()
    {
        Assert.Null(Read().Settings.Cluster);
        var (settings, none) = Read(("Cluster:Redis", "127.0.0.1:6379,password=hunter2"), ("Cluster:Address", "127.0.1.1"), ("Data:Postgres", "Host=127.0.0.1;Database=interop"));
        Assert.Empty(none);
        Assert.Equal(("interop", "127.0.1.1", 11_111), (settings.Cluster!.Name, settings.Cluster.Address.ToString(), settings.Cluster.SiloPort));

        Assert.StartsWith("Cluster:Redis: ", Assert.Single(Read(("Cluster:Address", "127.0.1.1")).Errors), StringComparison.Ordinal);
        var (_, errors) = Read(("Cluster:Redis", "127.0.0.1:6379,passwort=hunter2"), ("Cluster:Name", "a b"), ("Cluster:Address", "0.0.0.0"), ("Cluster:SiloPort", "80"));
        Assert.Equal(
            ["Cluster:Address", "Cluster:Name", "Cluster:Redis", "Cluster:SiloPort", "Data:Postgres"],
            errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Listening_everywhere_must_say_where_far_ends_reach_the_node() =>
        Assert.StartsWith("Media:AdvertisedAddress: ", Assert.Single(Read(("Sip:Bind", "0.0.0.0")).Errors), StringComparison.Ordinal);

    [Fact]
    public void A_key_without_a_certificate_and_a_certificate_that_is_none_are_refused()
    {
        var file = Path.GetTempFileName();
        Assert.StartsWith("Sip:Tls:Certificate: ", Assert.Single(Read(("Sip:Tls:Key", file)).Errors), StringComparison.Ordinal);
        Assert.StartsWith("Sip:Tls:Certificate: ", Assert.Single(Read(("Sip:Tls:Certificate", file)).Errors), StringComparison.Ordinal);
        Assert.StartsWith("Sip:Tls:Certificate: ", Assert.Single(Read(("Sip:Tls:Certificate", "/nowhere.pem")).Errors), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void A_certificate_lets_browsers_in_from_elsewhere_and_https_without_one_is_refused()
    {
        var data = Directory.CreateTempSubdirectory("interop-");
        var authority = new LocalAuthority(new DataOptions(data.FullName), TimeProvider.System);
        Assert.StartsWith("Console:Tls:Certificate: there is no local authority", Assert.Single(Read(("Data:Directory", data.FullName), ("Console:Tls:Certificate", "local")).Errors), StringComparison.Ordinal);
        authority.Create();
        authority.Issue(["localhost"]);

        var (settings, errors) = Read(("Data:Directory", data.FullName), ("Console:Tls:Certificate", "local"), ("Sip:Tls:Certificate", "local"));
        Assert.Empty(errors);
        Assert.Equal(["https://*:8443", "http://localhost:8080"], settings.Web.Urls);
        Assert.Equal(LocalAuthority.ServerFile(settings.Data), settings.Voice.Sip.Tls?.Certificate);

        Assert.StartsWith("ASPNETCORE_URLS: ", Assert.Single(Read(("urls", "https://*:8443")).Errors), StringComparison.Ordinal);
        Assert.StartsWith("ASPNETCORE_URLS: ", Assert.Single(Read(("Data:Directory", data.FullName), ("Console:Tls:Certificate", "local"), ("urls", "http://*:80")).Errors), StringComparison.Ordinal);
        Assert.StartsWith("Console:Tls:Names: ", Assert.Single(Read(("Console:Tls:Names", "https://hub.example")).Errors), StringComparison.Ordinal);
        Assert.StartsWith("Console:Tls:Certificate: ", Assert.Single(Read(("Data:Directory", data.FullName), ("Console:Tls:Certificate", "local"), ("Console:Tls:Key", authority.CertificateFile)).Errors), StringComparison.Ordinal);
        data.Delete(recursive: true);
    }

    [Fact]
    public void The_database_of_a_cluster_is_named_by_a_string_or_a_file_and_shown_to_nobody()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "Host=db.example;Database=interop;Username=u;Password=topsecret\n");

        var (settings, errors) = Read(("Data:Postgres", file));
        Assert.Empty(errors);
        Assert.Equal("interop at db.example:5432", settings.Data.Postgres?.ToString());
        Assert.DoesNotContain("topsecret", settings.ToString(), StringComparison.Ordinal);
        Assert.Null(Read().Settings.Data.Postgres);

        foreach (var wrong in new[] { "Host=db;Password=topsecret", "Database=interop;Password=topsecret", "Host=db;Prot=topsecret", "Host=db;Database=interop;Port=topsecret", "/nowhere/topfile" })
        {
            var error = Assert.Single(Read(("Data:Postgres", wrong)).Errors);
            Assert.StartsWith("Data:Postgres: ", error, StringComparison.Ordinal);
            Assert.DoesNotContain("topsecret", error, StringComparison.Ordinal);
        }

        File.Delete(file);
    }

    [Theory]
    [InlineData("turn.example")]
    [InlineData("turn:turn.example?transport=sctp")]
    [InlineData("http://turn.example")]
    public void A_relay_is_named_by_a_uri_of_TURN(string uri)
    {
        var secret = Path.GetTempFileName();
        Assert.StartsWith("Turn:Uris: ", Assert.Single(Read(("Turn:Uris", uri), ("Turn:SecretFile", secret)).Errors), StringComparison.Ordinal);
        Assert.Empty(Read(("Turn:Uris", "turn:turn.example:3478?transport=udp, turns:[2001:db8::1]"), ("Turn:SecretFile", secret)).Errors);
        Assert.StartsWith("Turn:Uris: ", Assert.Single(Read(("Turn:Uris", "turn:turn.example")).Errors), StringComparison.Ordinal);
        Assert.StartsWith("Turn:Uris: ", Assert.Single(Read(("Turn:RelayOnly", "true")).Errors), StringComparison.Ordinal);
        Assert.StartsWith("Turn:SecretFile: ", Assert.Single(Read(("Turn:Uris", "turn:turn.example"), ("Turn:SecretFile", secret), ("Turn:User", "u")).Errors), StringComparison.Ordinal);
        File.Delete(secret);
    }

    [Fact]
    public void Both_families_may_be_listened_on_and_each_network_may_have_its_address()
    {
        var (settings, errors) = Read(("Sip:Bind", "127.0.0.1, ::1"), ("Media:AdvertisedAddress", "10.0.0.0/8=10.1.2.3, 0.0.0.0/0=203.0.113.7"));
        Assert.Empty(errors);
        Assert.Equal(["127.0.0.1", "::1"], settings.Voice.Sip.Bind.Select(address => address.ToString()));
        Assert.Equal(("10.1.2.3", "203.0.113.7"), (Reached(settings, "10.7.7.7"), Reached(settings, null)));
    }

    [Fact]
    public void Voice_ports_must_leave_sip_its_own() =>
        Assert.StartsWith("Media:Ports: ", Assert.Single(Read(("Sip:Port", "10500")).Errors), StringComparison.Ordinal);

    [Fact]
    public void Voice_follows_sip_to_its_address_unless_it_has_one_of_its_own() =>
        Assert.Equal("10.0.0.5", Assert.Single(Read(("Sip:Bind", "10.0.0.5")).Settings.Voice.Media.Bind).ToString());

    [Fact]
    public void A_second_node_on_the_same_data_is_refused_and_the_first_keeps_it()
    {
        var options = new DataOptions(Directory.CreateTempSubdirectory("interop-").FullName);
        using var first = DataDirectory.TryHold(options, out var none);
        using var second = DataDirectory.TryHold(options, out var error);

        Assert.Null(none);
        Assert.Null(second);
        Assert.StartsWith("Data:Directory: ", error, StringComparison.Ordinal);
    }

    private static string Reached(NodeSettings settings, string? peer) => settings.Voice.Anchor.Reach(peer, null).To(settings.Voice.Media.Bind[0]).ToString();

    private static (NodeSettings Settings, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] values) =>
        NodeSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>(value.Name, value.Value)))
            .Build());
}
