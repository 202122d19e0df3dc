using System.Net;
using System.Text;
using Interop.Bridges.Core;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Interop.Bridges.Sip.Text;

/// <summary>Sends a line of chat to the room's phones as MESSAGE, and says so in the room when one did not get it.</summary>
internal sealed class TextDelivery(
    SipStackHost host,
    SipLegs legs,
    CallerDirectory directory,
    IGrainFactory grains,
    SipBridgeMetrics metrics,
    ILogger<TextDelivery> logger)
{
    /// <summary>Sends the line to every phone that was in the room when it was written; a line is sent once.</summary>
    public void Deliver(RoomCode room, ChatLine line)
    {
        foreach (var leg in legs.In(room))
            if (leg.JoinedAt <= line.At && leg.Id != line.Leg && leg.Deliveries.TryBegin(line.Id))
                SendAsync(leg, line).Observe(logger, "send a line of chat to a phone");
    }

    private async Task SendAsync(SipLeg leg, ChatLine line)
    {
        var state = leg.Call.State;
        var response = await host.Stack.SendAsync(
            new OutgoingRequest
            {
                Method = SipMethods.Message,
                Target = SipUri.Parse(state.RemoteTarget),
                Destination = new SipDestination(state.Transport, IPEndPoint.Parse(state.PeerEndPoint)),
                From = host.RoomIdentity(leg.Room, line.From),
                ContentType = "text/plain;charset=utf-8",
                Body = Encoding.UTF8.GetBytes($"{line.From} ({directory.AgencyName(line.Agency)}): {line.Text}"),
            },
            CancellationToken.None);
        metrics.Text("out", response.Status.ToString());
        if (response.Status is >= 200 and < 300)
            return;
        await grains.GetGrain<IRoomGrain>(leg.Room.Value).Execute(
            new ChatUndelivered(line.Id, leg.Id, Words(response.Status, response.Reason)),
            Actor.Hub,
            new CommandId($"undelivered:{line.Id}:{leg.Id}"));
    }

    private static string Words(int status, string reason) => status switch
    {
        408 => "the phone does not answer",
        405 or 415 or 501 => "the phone takes no messages",
        _ => $"{status} {reason}",
    };
}
