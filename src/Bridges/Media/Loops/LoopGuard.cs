using Interop.Bridges.Media.Legs;

namespace Interop.Bridges.Media.Loops;

/// <summary>Finds the room's own sound in what its legs bring, and takes one leg out so that it cannot go round (RFC 3550 section 8.2).</summary>
/// <remarks>
/// Rooms that call each other in a ring all see it come back, from both sides. One cut is wanted: two would part them. So each
/// room puts a mark of its own into what it sends, the room with the lowest mark in the ring cuts at once, and the others only if
/// it does not. Owned by the tick thread.
/// </remarks>
internal sealed class LoopGuard(uint mark)
{
    /// <summary>Marks are drawn below this: an SSRC of a phone, which is any of 2^32, is hardly ever among them.</summary>
    public const uint MarksEnd = 1 << 20;

    private const int PatiencePackets = 100;
    private const int SpreadPackets = 25;

    /// <summary>After a cut so much may still come back that was under way, in all the jitter buffers of a ring.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(1);

    /// <summary>So long after a leg's last list its sources still count as reaching the room by it.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromMilliseconds(500);

    // Spread, so that of several rooms that cannot tell who is first, one is.
    private readonly int _patience = PatiencePackets + (SpreadPackets * (int)(mark % 8));
    private TimeSpan _settledAt;

    /// <summary>Judges what a leg brought since the last tick; true when it was taken out of the mix, or let in again.</summary>
    public bool Judge(PhoneLeg leg, List<PhoneLeg> phones, TimeSpan now)
    {
        var brought = leg.TakeBrought();
        // A party behind the leg that lists no sources is no mixer, and must not stay out for ever.
        if (!brought) return leg.Loop.Out && leg.Talks && leg.Loop.Take(LoopSign.Free, _patience);
        if (!leg.Loop.Out && (leg.Mode is not (LegMode.Talk or LegMode.Speak) || now < _settledAt)) return false;
        var first = mark <= leg.Brought.All[0];
        if (!leg.Loop.Take(SignOf(leg, phones, now), first ? LoopWatch.Enough : _patience)) return false;
        if (leg.Loop.Out) Settle(phones, now);
        return true;
    }

    /// <summary>Lists the sources of what a leg is sent: the mark, who talks, and whom those brought. Empty while nobody but the leg itself talks.</summary>
    public void List(PhoneLeg to, List<Leg> legs)
    {
        to.Carried.Clear();
        if (to.Loop.Out) return;
        for (var i = 0; i < legs.Count; i++)
        {
            var leg = legs[i];
            if (leg == to || !leg.Heard) continue;
            to.Carried.Add(mark);
            to.Carried.Add(leg.Source);
            if (leg is PhoneLeg phone) to.Carried.Add(phone.Brought);
        }
    }

    private void Settle(List<PhoneLeg> phones, TimeSpan now)
    {
        _settledAt = now + s_settling;
        for (var i = 0; i < phones.Count; i++) phones[i].Loop.Settle();
    }

    private LoopSign SignOf(PhoneLeg leg, List<PhoneLeg> phones, TimeSpan now)
    {
        if (leg.Brought.Has(mark)) return LoopSign.Own;
        var sign = LoopSign.Free;
        for (var i = 0; i < phones.Count; i++)
        {
            var other = phones[i];
            if (other == leg) continue;
            // The SSRC by which the room spoke to somebody, or heard somebody: for mixers that pass on no marks.
            if (leg.Brought.Has(other.Sender) || (other.Source != 0 && leg.Brought.Has(other.Source))) return LoopSign.Own;
            if (now - other.BroughtAt <= s_fresh && Share(leg.Brought, other.Brought)) sign = LoopSign.TwoWays;
        }

        return sign;
    }

    private static bool Share(Contributors one, Contributors other)
    {
        foreach (var source in one.All)
            if (other.Has(source)) return true;
        return false;
    }
}
