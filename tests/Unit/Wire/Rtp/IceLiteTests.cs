using System.Net;
using System.Text;
using CsCheck;
using Interop.Bridges.Wire.Rtp.Ice;
using Interop.Bridges.Wire.Rtp.Stun;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp;

public sealed class IceLiteTests
{
    private static readonly byte[] s_id = Convert.FromHexString("b7e7a701bc34d686fa87dfae");
    private static readonly TransportAddress s_here = At("192.0.2.1:5000");
    private static readonly TransportAddress s_there = At("[2001:db8::7]:6000");
    private readonly byte[] _answer = new byte[IceLiteAgent.LongestAnswer];
    private readonly IceLiteAgent _agent = new(maxSessions: 3);

    [Fact]
    public void The_first_proved_check_is_answered_and_selects_its_address()
    {
        var session = Expect("peer");
        var length = Take(Check(session, "peer"), s_there, out var proved);
        Assert.Same(session, proved);
        Assert.Equal((s_there, false), (session.Selected!.Value, session.Nominated));
        Assert.True(_agent.TryFind(s_there, out var found) && found == session);

        Assert.True(StunMessage.TryParse(_answer.AsSpan(0, length), out var answer, out _));
        Assert.Equal(StunType.BindingSuccess, answer.Type);
        Assert.Equal(s_id, answer.TransactionId);
        Assert.True(answer.TryGetMappedAddress(out var seen));
        Assert.Equal(s_there.ToEndPoint(), seen);
        Assert.True(answer.HasFingerprint && answer.Proves(Encoding.ASCII.GetBytes(session.Local.Password)));
    }

    [Fact]
    public void Only_a_nomination_moves_what_was_selected()
    {
        var session = Expect("peer");
        Take(Check(session, "peer"), s_here, out _);
        Take(Check(session, "peer"), s_there, out _);
        Assert.Equal(s_here, session.Selected);
        Take(Check(session, "peer", nominates: true), s_there, out _);
        Assert.Equal((s_there, true), (session.Selected!.Value, session.Nominated));
    }

    [Fact]
    public void The_newest_proof_takes_an_address_over()
    {
        var (old, young) = (Expect("old0"), Expect("young"));
        Take(Check(old, "old0"), s_here, out _);
        Take(Check(young, "young"), s_here, out _);
        Assert.True(_agent.TryFind(s_here, out var found) && found == young);
        Assert.Null(old.Selected);
        Assert.Equal(1, _agent.Counters.Remapped);
        _agent.Remove(old);
        Assert.True(_agent.TryFind(s_here, out _));
    }

    [Fact]
    public void Who_ceases_to_check_is_gone_after_thirty_seconds()
    {
        var session = Expect("peer");
        Take(Check(session, "peer"), s_here, out _, TimeSpan.FromSeconds(20));
        var gone = new List<IceSession>();
        _agent.Sweep(TimeSpan.FromSeconds(50), gone.Add);
        Assert.Empty(gone);
        _agent.Sweep(TimeSpan.FromSeconds(52), gone.Add);
        Assert.Equal([session], gone);
        Assert.False(_agent.TryFind(s_here, out _));
        Assert.Equal(0, _agent.Count);
    }

    [Theory]
    [InlineData(401, "wrong password")]
    [InlineData(401, "wrong fragment")]
    [InlineData(401, "unknown user")]
    [InlineData(400, "no user")]
    [InlineData(400, "no integrity")]
    [InlineData(420, "unknown attribute")]
    [InlineData(487, "controlled")]
    public void A_false_check_is_refused_and_proves_nothing(int code, string kind)
    {
        var session = Expect("peer");
        var length = Take(FalseCheck(session, kind), s_here, out var proved);
        Assert.Null(proved);
        Assert.Null(session.Selected);
        Assert.False(_agent.TryFind(s_here, out _));
        Assert.True(StunMessage.TryParse(_answer.AsSpan(0, length), out var answer, out _));
        Assert.Equal((StunType.BindingError, code), (answer.Type, answer.ErrorCode));
        Assert.Equal(code is 420 or 487, answer.Proves(Encoding.ASCII.GetBytes(session.Local.Password)));
    }

    [Fact]
    public void What_is_no_check_of_ice_gets_no_answer()
    {
        var session = Expect("peer");
        var check = Check(session, "peer");
        Assert.Equal(0, Take(check[..^8], s_here, out _));
        var indication = (byte[])check.Clone();
        indication[1] = 0x11;
        Assert.Equal(0, Take(indication, s_here, out _));
        Assert.Null(session.Selected);
    }

    [Fact]
    public void A_refusal_is_never_longer_than_what_it_refuses()
    {
        var buffer = new byte[64];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        writer.AddFingerprint();
        Assert.Equal(0, Take(buffer[..writer.Length], s_here, out _));
        Assert.Equal(1, _agent.Counters.BadRequests);
    }

    [Fact]
    public void Strangers_are_left_unread_when_they_are_too_many_and_browsers_are_not()
    {
        var session = Expect("peer");
        Take(Check(session, "peer"), s_here, out _);
        var forged = FalseCheck(session, "wrong password");
        var elsewhere = s_here with { Port = 9 };
        for (var i = 0; i < 1000; i++) Take(forged, elsewhere, out _);
        Assert.InRange(_agent.Counters.Unauthenticated, 10, 100);
        Assert.Equal(1000, _agent.Counters.Unauthenticated + _agent.Counters.Overloaded);

        Take(Check(session, "peer"), s_here, out var proved);
        Assert.Same(session, proved);
        Assert.NotEqual(0, Take(forged, elsewhere, out _, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void There_are_no_more_sessions_than_may_be()
    {
        for (var i = 0; i < 3; i++) Assert.NotNull(_agent.TryAdd(IceCredentials.Create(), "peer", default));
        Assert.Null(_agent.TryAdd(IceCredentials.Create(), "peer", default));
    }

    [Fact]
    public void A_browser_at_many_addresses_keeps_the_selected_one_and_the_newest()
    {
        var session = Expect("peer");
        for (ushort port = 1; port <= 50; port++) Take(Check(session, "peer"), s_here with { Port = port }, out _);
        Assert.Equal(1, session.Selected!.Value.Port);
        Assert.True(_agent.TryFind(s_here with { Port = 1 }, out _));
        Assert.True(_agent.TryFind(s_here with { Port = 50 }, out _));
        Assert.False(_agent.TryFind(s_here with { Port = 30 }, out _));
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        var session = Expect("peer");
        var check = Check(session, "peer");
        for (var i = 0; i < 100; i++) Take(check, s_here, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Take(check, s_here, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Whatever_is_done_to_a_check_it_proves_nothing_more()
    {
        var session = Expect("peer");
        var check = Check(session, "peer");
        Gen.Select(Gen.Int[0, check.Length - 9], Gen.Byte[1, 255], Gen.Int[0, check.Length]).Sample((at, change, length) =>
        {
            var forged = (byte[])check.Clone();
            forged[at] ^= change;
            var answered = _agent.Take(forged.AsSpan(0, length), s_there, new byte[IceLiteAgent.LongestAnswer], default, out var proved);
            Assert.Null(proved);
            Assert.True(answered <= length);
        }, iter: 5_000, threads: 1);
    }

    private static TransportAddress At(string endPoint) => TransportAddress.From(IPEndPoint.Parse(endPoint));

    private IceSession Expect(string remote) => _agent.TryAdd(IceCredentials.Create(), remote, default)!;

    private int Take(byte[] datagram, TransportAddress from, out IceSession? proved, TimeSpan now = default) => _agent.Take(datagram, from, _answer, now, out proved);

    private static byte[] Check(IceSession session, string remote, bool nominates = false)
    {
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        writer.AddUsername($"{session.Local.Ufrag}:{remote}");
        writer.Add(StunAttribute.IceControlling, 1ul);
        writer.Add(StunAttribute.Priority, 1u);
        if (nominates) writer.AddUseCandidate();
        writer.AddIntegrity(Encoding.ASCII.GetBytes(session.Local.Password));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    private static byte[] FalseCheck(IceSession session, string kind)
    {
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        var ours = session.Local.Ufrag;
        if (kind != "no user") writer.AddUsername(kind switch { "unknown user" => "ABCDEFGH:peer", "wrong fragment" => $"{ours}:else", _ => $"{ours}:peer" });
        writer.Add(kind == "controlled" ? StunAttribute.IceControlled : StunAttribute.IceControlling, 1ul);
        writer.Add(StunAttribute.Priority, 1u);
        if (kind == "unknown attribute") writer.Add((StunAttribute)0x0077, 1u);
        if (kind != "no integrity") writer.AddIntegrity(Encoding.ASCII.GetBytes(kind == "wrong password" ? "x" : session.Local.Password));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }
}
