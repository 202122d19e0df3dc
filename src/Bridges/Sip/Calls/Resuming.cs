using System.Text;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Goes on with a call when its phone speaks first: to a node that was just restarted, or to another one (design rule 1).</summary>
internal sealed class Resuming(IDialogStore dialogs, IGrainFactory grains, DialPlans plans, LegRegistrar registrar, SipBridgeMetrics metrics)
{
    /// <summary>The stored dialog, if it is still somebody's leg; null for a dialog that nobody knows or wants any more.</summary>
    public async Task<ResumableDialog?> FindAsync(UnknownDialog asked, CancellationToken cancel)
    {
        foreach (var stored in await dialogs.FindByCall(asked.CallId, cancel))
            if (DialogRecord.Read(stored) is { } state && state.LocalTag == asked.LocalTag && state.RemoteTag == asked.RemoteTag)
                return await ResumeAsync(stored.Room, stored.Leg, state);
        return null;
    }

    private async Task<ResumableDialog?> ResumeAsync(RoomCode room, LegId id, DialogState state)
    {
        var grain = grains.GetGrain<IRoomGrain>(room.Value);
        var looked = await grain.Look(Actor.Hub);
        if (!looked.Ok || looked.Value.Legs.FirstOrDefault(view => view.Id == id) is not { Status: not LegStatus.Gone } leg)
            return null;
        if (Described(state) is not { } ours || await PlaceAsync(grain, leg, state, ours) is not { } place)
            return null;
        return new ResumableDialog(state, call =>
        {
            registrar.Register(room, id, call, leg.Party, place, ours, asked: leg.Ask is not null);
            metrics.Call("resume", "joined");
        })
        {
            Credentials = plans.CredentialsFor(leg.Party),
        };
    }

    /// <summary>The leg's place in the room's voice now; where that can't be had, the one that the phone was told: a BYE needs none.</summary>
    private static async Task<MediaPlace?> PlaceAsync(IRoomGrain grain, LegView leg, DialogState state, SessionDescription ours)
    {
        var placed = await grain.OpenMedia(leg.Id, null, SipLegDuties.PeerOf(state));
        if (placed.Ok)
            return placed.Value;
        return AudioOffer.Agreed(ours) is { } audio && ours.EndPointOf(audio) is { } told ? new MediaPlace(told.Address.ToString(), told.Port, null) : null;
    }

    private static SessionDescription? Described(DialogState state) =>
        state.LocalSdp is { } text && SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var ours) ? ours : null;
}
