using Interop.Bridges.Core;
using Interop.Bridges.Sip.Calls;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Text;

/// <summary>Gives each leg its part of the room's chat, and passes the lines on.</summary>
internal sealed class LegChats(SipLegs legs, TextSender sender, UndeliveredLines undelivered, IChatMarks marks, ILogger<LegChats> logger)
{
    /// <summary>The chat of a leg that came into its room then; called once for a leg.</summary>
    /// <param name="before">What another call of the same leg still has to finish.</param>
    public LegChat Begin(SipLeg leg, DateTimeOffset since, Task before) => new(leg, since, before, sender, undelivered, marks, logger);

    /// <summary>Passes a line to every phone in the room but the one that wrote it.</summary>
    public void Deliver(RoomCode room, ChatLine line)
    {
        foreach (var leg in legs.In(room))
            if (line.Leg != leg.Id && leg.Chat is { } chat && !chat.Offer(line))
                undelivered.MarkAsync(room, leg.Id, line.Id, "too many lines wait for the phone").Observe(logger, "mark a line that was not sent");
    }
}
