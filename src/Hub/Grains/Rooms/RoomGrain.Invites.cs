using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>The times of invitations and links, computed from the record after every change and every start.</summary>
internal sealed partial class RoomGrain
{
    /// <summary>A timer cannot be set for weeks ahead; one that fires early sets itself again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private void AwaitInvites()
    {
        var due = InviteTimes.Next(State);
        if (due == invitesDue && invites is not null == due is not null)
            return;
        Stop(ref invites);
        invitesDue = due;
        if (due is { } at)
            invites = this.RegisterGrainTimer(FollowInvites, Due(at) < LongestWait ? Due(at) : LongestWait, RetryPeriod);
    }

    private async Task FollowInvites(CancellationToken cancel)
    {
        if (clock.GetUtcNow() < invitesDue)
        {
            invitesDue = null;
            AwaitInvites();
            return;
        }

        await Execute(new FollowInvites(), Actor.Hub, new CommandId($"follow-invites:{record.Epoch}:{record.Version}"));
    }
}
