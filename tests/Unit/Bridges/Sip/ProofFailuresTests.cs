using System.Net;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Sip;
using Interop.Bridges.Sip.Callers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class ProofFailuresTests
{
    private static readonly IPAddress Source = IPAddress.Parse("192.0.2.7");
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Too_many_wrong_passwords_shut_out_that_user_from_that_address_for_a_while()
    {
        var failures = Make();
        for (var tries = 0; tries < 3; tries++)
            failures.Add(Source, "desk-1");

        Assert.True(failures.IsShut(Source, "desk-1"));
        Assert.False(failures.IsShut(Source, "desk-2"));
        Assert.False(failures.IsShut(IPAddress.Parse("192.0.2.8"), "desk-1"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(failures.IsShut(Source, "desk-1"));
    }

    [Fact]
    public void Many_users_from_one_address_shut_out_the_address()
    {
        var failures = Make();
        for (var user = 0; user < 5; user++)
            failures.Add(Source, $"guess-{user}");

        Assert.True(failures.IsShut(Source, "desk-1"));
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_comes_free_again()
    {
        var failures = Make(kept: 4);
        for (var address = 1; address <= 50; address++)
            failures.Add(IPAddress.Parse($"198.51.100.{address}"), "desk-1");
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var tries = 0; tries < 3; tries++)
            failures.Add(Source, "desk-1");

        Assert.True(failures.IsShut(Source, "desk-1"));
    }

    private ProofFailures Make(int kept = 100) => new(
        new SipBridgeOptions([IPAddress.Loopback], 0, AddressMap.Empty)
        {
            ProofFailuresOfUser = 3,
            ProofFailuresOfSource = 5,
            ProofFailureTime = TimeSpan.FromMinutes(1),
            ProofFailuresKept = kept,
        },
        _time);
}
