using Interop.Console.Host.Guests;
using Interop.Console.Host.Problems;

namespace Interop.Console.Host.SignIn;

/// <summary>Refuses requests that another site makes in the name of somebody who is signed in here.</summary>
/// <remarks>
/// A browser names the origin of every request that changes something and of every WebSocket; a program with a token
/// carries no cookie that could be abused. The host is compared and not the scheme, because a proxy may end TLS.
/// </remarks>
internal static class SameOrigin
{
    public static WebApplication UseSameOrigin(this WebApplication app)
    {
        app.Use(static async (context, next) =>
        {
            if (IsAllowed(context.Request))
                await next(context);
            else
                await Problem.Of(403, "request.foreign-origin", "This request does not come from the console's own pages.").ExecuteAsync(context);
        });
        return app;
    }

    internal static bool IsAllowed(HttpRequest request)
    {
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        var socket = string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);
        if (ApiTokenHandler.IsClaimed(request) || !(changes || socket))
            return true;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return !request.Cookies.ContainsKey(SignInServices.CookieName) && !request.Cookies.ContainsKey(GuestServices.CookieName);
        return Uri.TryCreate(origin, UriKind.Absolute, out var site)
            && site.Scheme is "http" or "https"
            && string.Equals(site.Authority, Authority(request.Host, site), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The host as the address bar would show it: a port that is its scheme's own is left out there.</summary>
    private static string Authority(HostString host, Uri site) =>
        host.Port is { } port && port == (site.Scheme == "https" ? 443 : 80) ? host.Host : host.Value ?? "";
}
