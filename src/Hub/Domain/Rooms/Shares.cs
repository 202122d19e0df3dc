using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Lending resources, and taking them back.</summary>
internal static class Shares
{
    /// <summary>The proof of a lent phone: its owner said that it is one of its own.</summary>
    public const string Proof = "lent";

    public static Decision Lend(RoomState state, LendResource command, Actor actor, DateTimeOffset now, Surroundings around)
    {
        var resource = command.Resource;
        if (FieldRules.Check("resource", resource) is { } wrong)
            return wrong;
        if (Check(resource, command.Terms, now) is { } wrongTerms)
            return wrongTerms;
        if (RoomRules.TakesMore(state) is { } refusal)
            return refusal;
        if (state.Shares.Count >= Limits.Shares)
            return Refusals.Full("share.too-many", "shares", Limits.Shares, "withdraw one first");
        if (resource.IsVoice && RoomRules.HasPlaceForLeg(state) is { } full)
            return full;
        if (state.Shares.Exists(share => share.View.Kind == resource.Kind && share.View.Resource == resource.Resource))
            return new Refusal(RefusalKind.Conflict, "share.exists", $"{resource.Name} is in the room already.", "resource");
        if (resource.Address is { } address && DialPolicy.Check("resource", address, actor.Agency, around) is { } denied)
            return denied;
        if (resource.Address is { } called && (Bridges.Twice(state, Party(resource)) ?? Foci.Twice(state, called)) is { } twice)
            return twice;
        return Decision.Of(Lent(new Numbering(state), resource, command.Terms));
    }

    /// <summary>What lending makes: a phone is called, a channel has its gateway opened, a camera's link is shown.</summary>
    public static IEnumerable<RoomEvent> Lent(Numbering number, LentResource resource, ShareTerms terms)
    {
        var leg = resource.IsVoice ? number.Leg() : (LegId?)null;
        if (leg is { } called && resource.Kind != ResourceKind.Channel)
            yield return new LegDialled(called, Party(resource));
        yield return new ResourceLent(number.Share(), leg, resource, terms == ShareTerms.Open ? null : terms);
    }

    /// <summary>Who a lent resource is in the roster.</summary>
    public static Party Party(LentResource resource) => resource.Address is { } address
        ? new Party(resource.Resource.Agency, resource.Name, address, Proof)
        : new Party(resource.Resource.Agency, resource.Name, resource.Resource.Value, "channel");

    public static Decision Withdraw(RoomState state, WithdrawShare command) =>
        state.Share(command.Share) is { } share
            ? new ShareWithdrawn(share.View.Id, share.View.Leg)
            : WasThere(state, command.Share) ? Decision.Nothing : Refusals.NoShare(command.Share);

    /// <summary>Takes back what was lent until now.</summary>
    public static Decision End(RoomState state, DateTimeOffset now) => Decision.Of(
        state.Shares.Where(share => share.View.Ends <= now).Select(share => new ShareWithdrawn(share.View.Id, share.View.Leg, "its time was up")));

    /// <summary>When the next share ends by itself; null when none does.</summary>
    public static DateTimeOffset? NextEnd(RoomState state) => state.Shares.Min(share => share.View.Ends);

    private static Refusal? Check(LentResource resource, ShareTerms terms, DateTimeOffset now)
    {
        if (terms.Ends <= now)
            return Refusals.Invalid("ends", "The end is over already; name a later time, or none.");
        if (!resource.IsVoice && terms.Direction != ShareDirection.Listen)
            return Refusals.Invalid("direction", $"Nobody talks on a {(resource.Kind == ResourceKind.Camera ? "camera" : "sensor")}; its direction is listen.");
        if (terms.Direction == ShareDirection.Talk && resource.Gateway is { Transmit: null })
            return Refusals.Invalid("direction", $"{resource.Name} is heard only; its gateway names nowhere to transmit to.");
        return FieldRules.OptionalText("conditions", terms.Conditions, Limits.ReasonLength);
    }

    /// <summary>A share that was made and is gone is withdrawn already, which is what was asked.</summary>
    private static bool WasThere(RoomState state, ShareId share)
    {
        const string prefix = "share-";
        return share.Value.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(share.Value.AsSpan(prefix.Length), System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number > 0 && number <= state.Made.Shares;
    }
}
