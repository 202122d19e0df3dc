using System.Text.Json;
using Interop.Bridges.Core;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Goes on with a dialog that another process had, or this one before it was restarted.</summary>
/// <remarks>The phone may still be in the call, sending into a port that is no more: a re-INVITE names the new one.</remarks>
internal sealed class Rejoining(
    SipStackHost host,
    IGrainFactory grains,
    IDialogStore dialogs,
    LegRegistrar registrar,
    SipBridgeOptions options,
    TimeProvider time,
    SipBridgeMetrics metrics,
    ILogger<Rejoining> logger)
{
    /// <summary>True when the phone is back in the room; false when there is no dialog, or none that the phone still knows.</summary>
    public async Task<bool> TryAsync(RoomCode room, PlannedLeg leg, CancellationToken cancel)
    {
        if (await dialogs.Find(room, leg.Id, cancel) is not { } stored || JsonSerializer.Deserialize<DialogState>(stored.State) is not { } state)
            return false;
        var placed = await grains.GetGrain<IRoomGrain>(room.Value).OpenMedia(leg.Id, null);
        if (!placed.Ok)
            return false;

        var offer = AudioOffer.Create(RoomSdp.Next(placed.Value, state.LocalSdp));
        var call = host.Stack.Resume(state);
        if (await FarEndAsync(call, offer, cancel) is { } farEnd)
        {
            await grains.GetGrain<IRoomGrain>(room.Value).OpenMedia(leg.Id, farEnd);
            registrar.Register(room, leg.Id, call, leg.Party, placed.Value, offer);
            metrics.Call("rejoin", "joined");
            return true;
        }

        // What is left of the old call would else answer, or be answered, beside the new one.
        call.ByeAsync().Observe(logger, "end a call that could not be resumed");
        await dialogs.Forget(room, leg.Id, CancellationToken.None);
        metrics.Call("rejoin", "failed");
        return false;
    }

    private async Task<MediaFarEnd?> FarEndAsync(Call call, SessionDescription offer, CancellationToken cancel)
    {
        try
        {
            var outcome = await call.ReinviteAsync(offer, cancel).WaitAsync(options.RejoinTime, time, cancel);
            return outcome is ReinviteOutcome.Answered { Remote: var remote } ? RoomSdp.FarEnd(remote) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
