using Interop.Bridges.Wire.Sip.Headers;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Callers;

/// <summary>What a call's Resource-Priority (RFC 4412, RFC 7135) comes to, or the reply that refuses it.</summary>
internal readonly record struct CallPriority(Priority Priority, SipReply? Refusal)
{
    public const string OptionTag = "resource-priority";

    /// <summary>The namespaces that we know, each with its highest value: what a 417 names.</summary>
    private const string Accepted = "esnet.4, ets.0, wps.0, q735.0, dsn.flash-override, drsn.flash-override-override";

    /// <summary>Reads it for a peer whose word on it counts or does not; of several values the most urgent holds.</summary>
    /// <remarks>What is not understood or not believed never costs a call, unless the caller would rather have none without it.</remarks>
    public static CallPriority Of(SipRequest request, bool trusted)
    {
        var asked = ResourcePriority.ReadAll(request.Headers);
        var rank = asked.Max(static one => one.Rank);
        if (request.Lists(HeaderNames.Require, OptionTag))
        {
            if (rank is null)
                return new(Priority.Routine, new SipReply(417) { Headers = [new SipHeader(HeaderNames.AcceptResourcePriority, Accepted)] });
            if (!trusted)
                return new(Priority.Routine, new SipReply(403, "Resource-Priority Not Trusted"));
        }

        return new(trusted && rank is { } known ? Of(known) : Priority.Routine, null);
    }

    /// <summary>The two highest of five are an emergency: esnet.3 and 4, ets, wps and q735.0 and 1, flash and above.</summary>
    private static Priority Of(int rank) => rank switch
    {
        >= 3 => Priority.Emergency,
        >= 1 => Priority.Urgent,
        _ => Priority.Routine,
    };
}
