using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Dialogs;

/// <summary>Makes a dialog out of an INVITE and its 2xx (RFC 3261 sections 12.1.1 and 12.1.2).</summary>
internal static class DialogFactory
{
    public static DialogState AsServer(SipRequest invite, SipSource source, string localTag) => new()
    {
        CallId = invite.CallId,
        LocalAddress = invite.To.WithTag(null).ToString(),
        LocalTag = localTag,
        RemoteAddress = invite.From.WithTag(null).ToString(),
        RemoteTag = invite.From.Tag ?? "",
        ContactUser = invite.Uri.User,
        LocalCSeq = 0,
        RemoteCSeq = invite.CSeq.Number,
        RouteSet = invite.Headers.Values(HeaderNames.RecordRoute),
        RemoteAllow = invite.Headers.Values(HeaderNames.Allow),
        RemoteTarget = (invite.Contact?.Uri ?? invite.From.Uri).ToString(),
        Secure = invite.Uri.Scheme == "sips",
        IsCaller = false,
        AllowsUpdate = invite.Lists(HeaderNames.Allow, SipMethods.Update),
        Transport = source.Transport,
        PeerEndPoint = source.Remote.ToString(),
    };

    public static DialogState AsClient(SipRequest invite, SipResponse response, SipDestination destination)
    {
        var routes = response.Headers.Values(HeaderNames.RecordRoute);
        routes.Reverse();
        return new()
        {
            CallId = invite.CallId,
            LocalAddress = invite.From.WithTag(null).ToString(),
            LocalTag = invite.From.Tag!,
            RemoteAddress = response.To.WithTag(null).ToString(),
            RemoteTag = response.To.Tag ?? "",
            ContactUser = invite.Contact?.Uri.User,
            LocalCSeq = invite.CSeq.Number,
            RemoteCSeq = null,
            RouteSet = routes,
            RemoteAllow = response.Headers.Values(HeaderNames.Allow),
            RemoteTarget = (response.Contact?.Uri ?? invite.Uri).ToString(),
            Secure = invite.Uri.Scheme == "sips",
            IsCaller = true,
            AllowsUpdate = response.Lists(HeaderNames.Allow, SipMethods.Update),
            Transport = destination.Transport,
            PeerEndPoint = destination.EndPoint.ToString(),
            ServerName = destination.ServerName,
        };
    }
}
