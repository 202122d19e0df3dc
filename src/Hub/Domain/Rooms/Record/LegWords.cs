using System.Globalization;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using static Interop.Hub.Domain.Rooms.Record.RecordWords;

namespace Interop.Hub.Domain.Rooms.Record;

/// <summary>The life of a connection, in words.</summary>
internal sealed class LegWords(Func<LegId, string> name)
{
    public string Name(LegId leg) => name(leg);

    public string All(IReadOnlyList<LegId> all) => all.Count == 0 ? "nobody" : string.Join(", ", all.Select(name));

    /// <summary>Null for an event that is no leg's.</summary>
    public (RecordAspect Aspect, string Text)? Of(RoomEvent happened) => happened switch
    {
        LegJoined { Kind: LegKind.Browser } => (RecordAspect.Heard, "came in by browser"),
        LegJoined e => (RecordAspect.Heard, $"called in, from {e.Party.Address}"),
        LegRejoined e => (RecordAspect.Heard, $"came in again, from {e.Party.Address}"),
        LegReplaced e => (RecordAspect.Heard, $"took over the call of {e.Party.Name}, from {e.Party.Address}"),
        LegDialled { Ask: { } ask } e => (RecordAspect.Invited, $"called {e.Party.Name} ({e.Party.Address}) to ask them in{Because(ask.Purpose)}"),
        LegDialled e => (RecordAspect.Invited, $"called {e.Party.Name} ({e.Party.Address})"),
        LegNotDialled e => (RecordAspect.Refused, $"could not call {e.Party.Name} ({e.Party.Address}){Because(e.Reason)}"),
        LegAsked e => (RecordAspect.Invited, $"saw {name(e.Leg)} answer the phone; they are being asked"),
        LegAnswered { Answer: LegAnswer.Join or LegAnswer.Listen } e => (RecordAspect.Invited, $"heard the answer of {name(e.Leg)}: {Answer(e.Answer)}"),
        LegAnswered e => (RecordAspect.Refused, $"heard the answer of {name(e.Leg)}: {Answer(e.Answer)}"),
        LegConnected e => (RecordAspect.Heard, $"saw {name(e.Leg)} connected"),
        LegMetFocus e => (RecordAspect.Heard, $"saw that {name(e.Leg)} is another system's room, {e.Focus}"),
        LegLoopBegan e => (RecordAspect.Lost, $"heard the room's own sound come back by {name(e.Leg)}, and took it out of the mix"),
        LegLoopEnded e => (RecordAspect.Heard, $"heard no more of the room's own sound by {name(e.Leg)}, which is in the mix again"),
        LegLost e => (RecordAspect.Lost, $"saw {name(e.Leg)} lost{Because(e.Cause)}"),
        LegEnded e => (RecordAspect.Heard, $"saw {name(e.Leg)} leave{Because(e.Cause)}"),
        LegDropped e => (RecordAspect.Heard, $"dropped {name(e.Leg)}{Because(e.Cause)}"),
        LegModeSet e => (RecordAspect.Heard, $"set {name(e.Leg)} to {Mode(e.Mode)}"),
        LegModeChosen e => (RecordAspect.Heard, $"heard {name(e.Leg)} choose by key: {Mode(e.Mode)}"),
        LegGainSet e => (RecordAspect.Heard, $"had {name(e.Leg)} heard at {Gain(e.Gain)}"),
        _ => null,
    };

    /// <summary>Which legs are connected from then on, and which are no more.</summary>
    public static IEnumerable<(LegId Leg, bool There)> Presence(RoomEvent happened) => happened switch
    {
        // A browser's leg is there when its voice has shaken hands, which another entry says.
        LegJoined { Kind: not LegKind.Browser } e => [(e.Leg, true)],
        LegRejoined e => [(e.Leg, true)],
        LegReplaced e => [(e.Leg, false), (e.Leg, true)],
        LegConnected e => [(e.Leg, true)],
        LegAnswered { Answer: LegAnswer.Join or LegAnswer.Listen } e => [(e.Leg, true)],
        LegAnswered e => [(e.Leg, false)],
        LegLost e => [(e.Leg, false)],
        LegEnded e => [(e.Leg, false)],
        LegDropped e => [(e.Leg, false)],
        ShareWithdrawn { Leg: { } leg } => [(leg, false)],
        RoomResumed e => e.Legs.Select(static leg => (leg, false)),
        RoomClosed e => e.Legs.Select(static leg => (leg, false)),
        _ => [],
    };

    private static string Mode(LegMode mode) => mode switch
    {
        LegMode.Talk => "talk",
        LegMode.Listen => "listen only",
        _ => "muted",
    };

    private static string Answer(LegAnswer answer) => answer switch
    {
        LegAnswer.Join => "they join",
        LegAnswer.Listen => "they join and only listen",
        LegAnswer.Decline => "they decline",
        _ => "nothing: no key was pressed",
    };

    private static string Gain(int gain) => string.Create(CultureInfo.InvariantCulture, $"{gain:+0;-0;0} dB");
}
