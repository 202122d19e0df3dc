using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Takes octets from the transports: parses them, refuses what is malformed, and hands the rest to the lane of its call.</summary>
internal sealed class MessageDispatcher(SipLimits limits, SipMetrics metrics, ILogger log, SipIdentifiers ids, Func<string, UserAgentCore> laneOf) : ISipReceiver
{
    public ISipSender? Transport { get; set; }

    public void OnMessage(ReadOnlySpan<byte> octets, SipSource source)
    {
        metrics.Received();
        var (message, error) = SipParser.Parse(octets, limits);
        if (error.Kind != SipParseErrorKind.None)
        {
            metrics.Malformed();
            SipLog.Malformed(log, source.Remote, error.Reason);
            if (message is SipRequest malformed) Refuse(malformed, error, source);
            else metrics.Dropped("malformed");
            return;
        }

        if (message is SipRequest request)
        {
            Transport!.Alias(source, request.Via);
            ResponseRoute.Stamp(request, source);
        }

        var core = laneOf(message!.CallId);
        void Work()
        {
            if (message is SipRequest asked) core.Transactions.Receive(asked, source);
            else core.Transactions.Receive((SipResponse)message);
        }

        var taken = IsStrange(message, core.Context) ? core.Lane.TryPostStranger(Work) : core.Lane.TryPostReceived(Work);
        if (!taken) metrics.Dropped("lane_backlog");
    }

    /// <summary>
    /// Whether a message may wait behind those of calls: a request that would begin something, or names a dialog that is not here.
    /// </summary>
    private static bool IsStrange(SipMessage message, StackContext context) =>
        message is SipRequest { Method: not (SipMethods.Ack or SipMethods.Cancel) } request
        && !(request.To.Tag is { } ours && context.KnownDialogs.ContainsKey(new DialogId(request.CallId, ours, request.From.Tag ?? "")));

    /// <summary>A malformed request still gets its answer, without any memory of it (RFC 3261 section 8.2.7).</summary>
    private void Refuse(SipRequest request, SipParseError error, SipSource source)
    {
        var headers = request.Headers;
        var answerable = request.Method != SipMethods.Ack && headers[HeaderNames.Via] is not null && headers[HeaderNames.From] is not null
            && headers[HeaderNames.To] is not null && headers[HeaderNames.CallId] is not null && headers[HeaderNames.CSeq] is not null;
        if (!answerable)
        {
            metrics.Dropped("malformed");
            return;
        }

        Transport!.Send(request.Respond(error.Status, error.Reason, ids.Tag()).ToBytes(), RouteOf(request, source), static () => { });
    }

    /// <summary>A Via that cannot be read leaves only the address that the request came from.</summary>
    private SipDestination RouteOf(SipRequest request, SipSource source)
    {
        if (HeaderFirst(request) is not { } via) return new SipDestination(source.Transport, source.Remote);
        return ResponseRoute.Of(via, source, Transport!);
    }

    private static Via? HeaderFirst(SipRequest request)
    {
        var vias = request.Headers.Values(HeaderNames.Via);
        return vias.Count > 0 && Via.TryParse(vias[0], out var via) ? via : null;
    }
}
