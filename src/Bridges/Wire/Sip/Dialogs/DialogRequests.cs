using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Dialogs;

/// <summary>A request inside a dialog and the URI of its next hop.</summary>
internal readonly record struct RoutedRequest(SipRequest Request, SipUri NextHop);

/// <summary>Builds requests inside a dialog (RFC 3261 section 12.2.1.1); the Via is the transaction's.</summary>
internal static class DialogRequests
{
    public static RoutedRequest Create(DialogState dialog, string method, uint number, SipHeaders extra, ReadOnlyMemory<byte> body)
    {
        var target = SipUri.Parse(dialog.RemoteTarget);
        var routes = dialog.RouteSet;
        var uri = target;
        var nextHop = target;
        if (routes.Count > 0 && NameAddr.TryParse(routes[0], out var first))
        {
            nextHop = first.Uri;
            // A first hop without lr is a strict router, which wants to be the Request-URI and finds the target last.
            if (!first.Uri.Parameters.Has("lr"))
            {
                uri = first.Uri;
                routes = [.. routes.Skip(1), $"<{target}>"];
            }
        }

        var headers = new SipHeaders().Add(HeaderNames.MaxForwards, "70");
        foreach (var route in routes) headers.Add(HeaderNames.Route, route);
        headers.Add(HeaderNames.From, Tagged(dialog.LocalAddress, dialog.LocalTag))
            .Add(HeaderNames.To, Tagged(dialog.RemoteAddress, dialog.RemoteTag))
            .Add(HeaderNames.CallId, dialog.CallId)
            .Add(HeaderNames.CSeq, new CSeq(number, method).ToString());
        foreach (var (name, value) in extra) headers.Add(name, value);
        return new(new SipRequest(method, uri, headers, body), nextHop);
    }

    private static string Tagged(string address, string tag) => tag.Length == 0 ? address : $"{address};tag={tag}";
}
