using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Lending resources, and taking them back.</summary>
internal static class Shares
{
    public static Decision Lend(RoomState state, LendChannel command)
    {
        if (FieldRules.Check("channel", command.Channel) is { } wrong)
            return wrong;
        if (RoomRules.TakesMore(state) is { } refusal)
            return refusal;
        if (RoomRules.HasPlaceForLeg(state) is { } full)
            return full;
        if (state.Shares.Exists(share => share.View.Resource == command.Channel.Resource))
            return new Refusal(RefusalKind.Conflict, "share.exists", $"{command.Channel.Name} is in the room already.", "channel");
        var number = new Numbering(state);
        return new ChannelLent(number.Share(), number.Leg(), command.Channel);
    }

    public static Decision Withdraw(RoomState state, WithdrawShare command) =>
        state.Share(command.Share) is { } share
            ? new ShareWithdrawn(share.View.Id, share.View.Leg)
            : WasThere(state, command.Share) ? Decision.Nothing : Refusals.NoShare(command.Share);

    /// <summary>A share that was made and is gone is withdrawn already, which is what was asked.</summary>
    private static bool WasThere(RoomState state, ShareId share) =>
        state.Legs.Exists(leg => leg.Share == share);
}
