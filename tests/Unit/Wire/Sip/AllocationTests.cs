using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>What a message may cost in memory: a flood is paid for in garbage, and garbage in pauses of the voice.</summary>
public sealed class AllocationTests
{
    private static readonly byte[] Invite = Encoding.UTF8.GetBytes(Written.TypicalInvite);
    private static readonly SipLimits Limits = new();

    [Fact]
    public void A_typical_invite_is_parsed_in_few_octets() => AtMost(3200, () => SipParser.Parse(Invite, Limits));

    [Fact]
    public void Its_typed_values_cost_nothing_more()
    {
        var message = SipParser.Parse(Invite, Limits).Message!;
        AtMost(0, () => _ = (message.From.Tag, message.To.Tag, message.Via.Branch, message.CSeq.Number, message.Contact!.Uri.Host));
    }

    [Fact]
    public void A_response_to_it_is_made_and_written_in_few_octets()
    {
        var request = (SipRequest)SipParser.Parse(Invite, Limits).Message!;
        AtMost(1100, () => request.Respond(200, toTag: "4711").ToBytes());
    }

    private static void AtMost(long octets, Action act)
    {
        // Code that the runtime has not optimised yet allocates more; it is optimised within some thousand rounds.
        var least = long.MaxValue;
        for (var i = 0; i < 200_000 && least > octets; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least <= octets, $"{least} octets allocated, {octets} allowed");
    }
}
