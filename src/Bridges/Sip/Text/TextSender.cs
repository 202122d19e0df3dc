using System.Globalization;
using System.Net;
using System.Text;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Live;

namespace Interop.Bridges.Sip.Text;

/// <summary>Sends one line of chat to one phone as MESSAGE (RFC 3428), and tries again what may pass.</summary>
/// <remarks>
/// A phone that names MESSAGE in its Allow gets it inside its call, so by the call's own route. Others get it beside the
/// call, yet over the same route and flow: a phone behind a proxy or a NAT can be reached in no other way.
/// </remarks>
internal sealed class TextSender(
    SipStackHost host, SipLegs legs, CallerDirectory directory, TimeProvider time, SipBridgeMetrics metrics)
{
    /// <summary>Tries after the first, of what may pass: silence, an overload.</summary>
    public const int Retries = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task<TextResult> SendAsync(SipLeg leg, ChatLine line, CancellationToken cancel)
    {
        var agency = directory.AgencyName(line.Agency);
        var author = agency.Length == 0 ? line.From : $"{line.From} ({agency})";
        var most = leg.Call.State.Transport == SipTransportKind.Udp ? TextParts.DatagramText : int.MaxValue;
        foreach (var part in TextParts.Of(line.Text, most))
            if (await SendPartAsync(leg, new OutgoingText(author, part, line.At), cancel) is var result and not TextResult.Sent)
                return result;
        return new TextResult.Sent();
    }

    private async Task<TextResult> SendPartAsync(SipLeg leg, OutgoingText text, CancellationToken cancel)
    {
        for (var failures = 1; ; failures++)
        {
            var response = await TryAsync(leg, text).WaitAsync(cancel);
            metrics.Text("out", response.Status.ToString(CultureInfo.InvariantCulture));
            if (response.Status is >= 200 and < 300)
                return new TextResult.Sent();
            if (!legs.Stands(leg))
                return new TextResult.CallOver();
            if (failures > Retries || response.Status is not (408 or 480 or 500 or 503 or 504))
                return new TextResult.Refused(Words(response));
            await Task.Delay(Wait(response, failures), time, cancel);
        }
    }

    /// <summary>One try, in each form that the phone might take.</summary>
    private async Task<SipResponse> TryAsync(SipLeg leg, OutgoingText text)
    {
        var inCall = leg.Texts.InCall;
        var cpim = leg.Texts.Cpim;
        var response = await OnceAsync(leg, text, inCall, cpim);
        if (response.Status == 415 && leg.Texts.TryOther(cpim, response.Headers.Values(HeaderNames.Accept)))
            response = await OnceAsync(leg, text, inCall, !cpim);
        if (!inCall || response.Status is not (405 or 481 or 501) || !legs.Stands(leg))
            return response;
        leg.Texts.RefuseInCall();
        return await OnceAsync(leg, text, inCall: false, leg.Texts.Cpim);
    }

    private Task<SipResponse> OnceAsync(SipLeg leg, OutgoingText text, bool inCall, bool cpim)
    {
        var state = leg.Call.State;
        var (type, body) = text.Body(host.RoomIdentity(leg.Room, text.Author).Uri, state.RemoteTarget, cpim);
        if (inCall)
            return leg.Call.SendAsync(SipMethods.Message, type, body);
        return host.Stack.SendAsync(
            new OutgoingRequest
            {
                Method = SipMethods.Message,
                Target = SipUri.Parse(state.RemoteTarget),
                To = NameAddr.TryParse(state.RemoteAddress, out var phone) ? phone : null,
                Destination = new SipDestination(state.Transport, IPEndPoint.Parse(state.PeerEndPoint)),
                From = host.RoomIdentity(leg.Room, text.Author),
                Headers = [.. state.RouteSet.Select(route => new SipHeader(HeaderNames.Route, route))],
                ContentType = type,
                Body = body,
            },
            CancellationToken.None);
    }

    private static TimeSpan Wait(SipResponse response, int failures) =>
        int.TryParse(response.Headers[HeaderNames.RetryAfter], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds))
            : BackOff.After(failures, 0);

    private static string Words(SipResponse response) => response.Status switch
    {
        408 => "the phone does not answer",
        405 or 415 or 501 => "the phone takes no messages",
        413 or 513 => "too long for the phone",
        _ => $"{response.Status} {response.Reason}",
    };
}
