using Interop.Bridges.WebRtc;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Tests.Unit.Bridges.WebRtc;

public sealed class RelaysTests : IDisposable
{
    private static readonly Actor Dispatcher = new(ActorKind.Person, new AgencyId("hpd"), "Dana Ortiz", Role.Dispatcher);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_shared_secret_gives_each_browser_a_password_that_ends_after_a_shift()
    {
        File.WriteAllText(_file, "north\n");
        var relays = new Relays(new RelayOptions { Uris = ["turn:turn.example"], SecretFile = _file, Only = true }, _time);

        var given = relays.For(Dispatcher).Value!;
        var server = Assert.Single(given.Servers);

        Assert.True(given.RelayOnly);
        Assert.Equal("1700043200:hpd", server.Username);
        // As openssl computes it: echo -n 1700043200:hpd | openssl dgst -sha1 -hmac north -binary | base64
        Assert.Equal("1lkjKhM60MuMkOOdkx3FCoVB6is=", server.Credential);
        Assert.DoesNotContain(server.Credential, server.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_secret_counts_at_once_and_one_that_cannot_be_read_is_said()
    {
        File.WriteAllText(_file, "north");
        var relays = new Relays(new RelayOptions { Uris = ["turn:turn.example"], User = "browsers", PasswordFile = _file }, _time);
        Assert.Equal("north", Assert.Single(relays.For(Dispatcher).Value!.Servers).Credential);
        File.WriteAllText(_file, "south");
        Assert.Equal("south", Assert.Single(relays.For(Dispatcher).Value!.Servers).Credential);
        File.Delete(_file);
        Assert.Equal((RefusalKind.Unavailable, "voice.relays"), relays.For(Dispatcher).Refusal is { } refusal ? (refusal.Kind, refusal.Code) : default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_first_line_is_no_secret_and_is_said(bool shared)
    {
        File.WriteAllText(_file, " \nnorth\n");
        var options = shared
            ? new RelayOptions { Uris = ["turn:turn.example"], SecretFile = _file }
            : new RelayOptions { Uris = ["turn:turn.example"], User = "browsers", PasswordFile = _file };
        Assert.Contains("is empty", new Relays(options, _time).For(Dispatcher).Refusal?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_does_not_talk_gets_no_credentials() =>
        Assert.Equal(RefusalKind.Denied, new Relays(new RelayOptions(), _time).For(Dispatcher with { Role = Role.Integration }).Refusal?.Kind);

    public void Dispose() => File.Delete(_file);
}
