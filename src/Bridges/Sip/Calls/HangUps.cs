using Interop.Bridges.Core;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Ends calls from our side; the media of such a leg is closed already.</summary>
internal sealed partial class HangUps(ILogger<HangUps> logger)
{
    public void HangUp(SipLeg leg, string? cause)
    {
        LogHangUp(logger, leg.Id, leg.Room, cause ?? "the room let it go");
        leg.Call.ByeAsync().Observe(logger, "hang up a call");
    }

    [LoggerMessage(3010, LogLevel.Information, "Leg {Leg} of room {Room} is hung up: {Cause}")]
    private static partial void LogHangUp(ILogger logger, LegId leg, RoomCode room, string cause);
}
