using System.Security.Cryptography;
using System.Text;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Links by which people without an account come in, and those who came.</summary>
/// <remarks>A link that is unknown, used up, expired or withdrawn gets one and the same refusal, found by the same work.</remarks>
internal static class Links
{
    private const int HashLength = 64;

    public static Decision Make(RoomState state, MakeLink command, DateTimeOffset now, Surroundings around)
    {
        if (command.TokenHash is not { Length: HashLength } hash || !hash.All(char.IsAsciiHexDigitLower))
            return Refusals.Invalid("tokenHash", "The token's hash must be a SHA-256 in lower-case hex.");
        if (command.Role is not (Role.Observer or Role.Member))
            return Refusals.Invalid("role", "A link lets in as observer, who reads, or as member, who takes part.");
        if ((FieldRules.OptionalText("for", command.For, Limits.NameLength) ?? FieldRules.OptionalText("purpose", command.Purpose, Limits.ReasonLength)
            ?? FieldRules.OptionalText("handling", command.Handling, Limits.ReasonLength)) is { } tooLong)
            return tooLong;
        if (command.Uses is < 1 or > Limits.LinkUses)
            return Refusals.Invalid("uses", $"A link is for 1 to {Limits.LinkUses} people.");
        if (command.LifeSeconds is { } seconds && (seconds < Limits.LeastLinkLife.TotalSeconds || seconds > Limits.MostLinkLife.TotalSeconds))
            return Refusals.Invalid("lifeSeconds", $"A link lives {Limits.LeastLinkLife.TotalSeconds:0} to {Limits.MostLinkLife.TotalSeconds:0} seconds.");
        if (RoomRules.TakesMore(state) is { } refusal)
            return refusal;
        if (state.Links.Exists(link => link.TokenHash == hash))
            return new Refusal(RefusalKind.Conflict, "link.exists", "There is a link with this token already.", "tokenHash");
        if (state.Links.Count(link => link.View.Status == LinkStatus.Open) >= Limits.Links)
            return Refusals.Full("link.too-many", "links", Limits.Links, "withdraw one first");
        var life = command.LifeSeconds is { } asked ? TimeSpan.FromSeconds(asked) : Limits.LinkLife;
        return new LinkMade(
            new Numbering(state).Link(), hash, command.Role, Said(command.For), Said(command.Purpose),
            Invites.Terms(command.Handling, state.Owner, state.Terms.Type, around), now + life, command.Uses ?? 1);
    }

    public static Decision Withdraw(RoomState state, WithdrawLink command)
    {
        if (state.Link(command.Link) is not { } link)
            return Refusals.NoInvite(command.Link);
        if (state.IsOver || link.View.Status == LinkStatus.Withdrawn)
            return Decision.Nothing;
        return Decision.Of(
        [
            new LinkWithdrawn(link.View.Id),
            .. state.Guests.Where(guest => guest.Link == link.View.Id && guest.Status == GuestStatus.In).SelectMany(guest => Out(state, guest, "the link was withdrawn", left: false)),
        ]);
    }

    public static Decision Accept(RoomState state, AcceptLink command, DateTimeOffset now)
    {
        if (FieldRules.Line("name", command.Name, Limits.GuestNameLength) is { } wrong)
            return wrong;
        if (Find(state, command.TokenHash, now) is not { } link)
            return Refusals.NoLink();
        if (state.Guests.Count(guest => guest.Status == GuestStatus.In) >= Limits.Guests)
            return Refusals.Full("guest.too-many", "guests", Limits.Guests, "whoever runs the room can put somebody out");
        return new GuestCame(new Numbering(state).Guest(), link.View.Id, Named(command.Name, link.View));
    }

    public static Decision Decline(RoomState state, DeclineLink command, DateTimeOffset now)
    {
        if (FieldRules.OptionalText("reason", command.Reason, Limits.ReasonLength) is { } tooLong)
            return tooLong;
        return Find(state, command.TokenHash, now) is { } link ? new GuestDeclined(link.View.Id, command.Reason) : Refusals.NoLink();
    }

    public static Decision End(RoomState state, EndGuest command, Actor actor) => state.Guest(command.Guest) switch
    {
        null => new Refusal(RefusalKind.NotFound, "guest.unknown", $"The room has no guest {FieldRules.Cut(command.Guest, Limits.SlugLength)}."),
        { Status: not GuestStatus.In } => Decision.Nothing,
        var guest => Decision.Of(Out(state, guest, actor.Kind == ActorKind.Guest ? "left" : "put out", left: actor.Kind == ActorKind.Guest)),
    };

    /// <summary>What the link's holder learns before they answer.</summary>
    public static Outcome<LinkOffer> Offer(RoomState state, string tokenHash, DateTimeOffset now, Surroundings around) =>
        Find(state, tokenHash, now) is { View: var link }
            ? new LinkOffer(state.Owner, around.NameOf(state.Owner), link.MadeBy, link.For, link.Purpose, link.Terms, link.Role, link.ExpiresAt)
            : Refusals.NoLink();

    /// <summary>The actor as the room knows them: a guest's cookie only says which one it is.</summary>
    public static Actor Known(RoomState state, Actor actor, RoomCommand? command, DateTimeOffset now)
    {
        if (actor.Kind != ActorKind.Guest)
            return actor;
        if (state.GuestIn(actor.Id) is { } guest)
            return new Actor(ActorKind.Guest, state.Owner, guest.Name, guest.Role, guest.Id);
        return command switch
        {
            AcceptLink accept when Find(state, accept.TokenHash, now) is { } link => Anew(state, link, Named(accept.Name, link.View)),
            DeclineLink decline when Find(state, decline.TokenHash, now) is { } link => Anew(state, link, Named(link.View.For ?? "somebody", link.View)),
            // An attempt that comes again finds its first answer by the agency under which that was recorded.
            _ => actor with { Agency = state.Owner },
        };
    }

    private static Actor Anew(RoomState state, Link link, string name) => new(ActorKind.Guest, state.Owner, name, link.View.Role);

    private static string Named(string name, LinkView link) => $"{FieldRules.Cut(name, Limits.GuestNameLength).Trim()} (by link of {link.MadeBy})";

    /// <summary>The link that can be followed now. Every link is compared, whole, however early one fits.</summary>
    private static Link? Find(RoomState state, string? tokenHash, DateTimeOffset now)
    {
        var asked = Encoding.ASCII.GetBytes(tokenHash ?? "");
        Link? found = null;
        foreach (var link in state.Links)
            if (CryptographicOperations.FixedTimeEquals(asked, Encoding.ASCII.GetBytes(link.TokenHash)))
                found = link;
        return found is { View: { Status: LinkStatus.Open } view } && now < view.ExpiresAt && state.Phase == RoomPhase.Open ? found : null;
    }

    private static IEnumerable<RoomEvent> Out(RoomState state, GuestView guest, string cause, bool left)
    {
        yield return new GuestLeft(guest.Id, cause, left ? null : true);
        foreach (var leg in state.Legs)
            if (leg.Status != LegStatus.Gone && leg.Party.Proof == $"guest:{guest.Id}")
                yield return new LegDropped(leg.Id, cause);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A link with what proves it.</summary>
internal sealed record Link(LinkView View, string TokenHash);
