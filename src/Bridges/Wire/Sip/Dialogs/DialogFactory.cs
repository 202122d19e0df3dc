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
        RemoteIsFocus = invite.Contact?.Parameters.Has("isfocus") == true,
        Secure = invite.Uri.IsSecure,
        IsCaller = false,
        AllowsUpdate = invite.Lists(HeaderNames.Allow, SipMethods.Update),
        Transport = source.Transport,
        PeerEndPoint = source.Remote.ToString(),
        IsOnlyWay = IsBehindNat(invite, source),
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
            RemoteIsFocus = response.Contact?.Parameters.Has("isfocus") == true,
            Secure = invite.Uri.IsSecure,
            IsCaller = true,
            AllowsUpdate = response.Lists(HeaderNames.Allow, SipMethods.Update),
            Transport = destination.Transport,
            PeerEndPoint = destination.EndPoint.ToString(),
            ServerName = destination.ServerName,
            IsOnlyWay = destination.IsOnlyWay && routes.Count == 0,
        };
    }

    /// <summary>
    /// A phone that names one address in Via and Contact, and whose datagrams come from another, does not know how it is
    /// seen from here; with rport it says that it hears where it sends from (RFC 3581).
    /// </summary>
    private static bool IsBehindNat(SipRequest invite, SipSource source) =>
        source.Transport == SipTransportKind.Udp
        && invite.Headers[HeaderNames.RecordRoute] is null
        && invite.Via.Parameters.Has("rport")
        && SipUri.Create(null, invite.Via.Host).Address is { } named
        && !named.Equals(source.Remote.Address)
        && named.Equals(invite.Contact?.Uri.Address);
}
