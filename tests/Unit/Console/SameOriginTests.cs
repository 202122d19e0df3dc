using Interop.Console.Host.SignIn;
using Microsoft.AspNetCore.Http;

namespace Interop.Tests.Unit.Console;

public sealed class SameOriginTests
{
    [Theory]
    [InlineData("POST", "http://hub:8080", true)]
    [InlineData("POST", "https://hub:8080", true)]
    [InlineData("POST", "http://evil", false)]
    [InlineData("POST", "http://hub", false)]
    [InlineData("POST", "null", false)]
    [InlineData("DELETE", "http://evil", false)]
    [InlineData("POST", "", false)]
    [InlineData("GET", "", true)]
    [InlineData("GET", "http://evil", true)]
    public void A_session_changes_things_only_from_the_consoles_own_pages(string method, string origin, bool allowed)
    {
        var request = Request(method, origin);
        request.Headers.Cookie = "interop=x";

        Assert.Equal(allowed, SameOrigin.IsAllowed(request));
    }

    [Fact]
    public void A_program_with_a_token_has_no_origin() => Assert.True(SameOrigin.IsAllowed(WithToken(Request("POST", ""))));

    [Fact]
    public void Another_sites_page_cannot_sign_anybody_in() => Assert.False(SameOrigin.IsAllowed(Request("POST", "http://evil")));

    [Fact]
    public void Another_sites_page_cannot_open_the_live_feed()
    {
        var request = Request("GET", "http://evil");
        request.Headers.Upgrade = "websocket";

        Assert.False(SameOrigin.IsAllowed(request));
    }

    private static HttpRequest Request(string method, string origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Host = new HostString("hub", 8080);
        if (origin.Length > 0)
            request.Headers.Origin = origin;
        return request;
    }

    private static HttpRequest WithToken(HttpRequest request)
    {
        request.Headers.Authorization = "Bearer x";
        return request;
    }
}
