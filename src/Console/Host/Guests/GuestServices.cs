using System.Threading.RateLimiting;
using Interop.Console.Host.SignIn;
using Microsoft.AspNetCore.Authorization;

namespace Interop.Console.Host.Guests;

/// <summary>People who come by a link, with a cookie of their own that no other address of the console takes.</summary>
internal static class GuestServices
{
    /// <summary>The scheme of a guest's cookie. It is no part of the console's own sign-in.</summary>
    public const string Scheme = "guest";

    public const string CookieName = "interop-guest";

    /// <summary>The rate limit of everything that takes a link's token.</summary>
    public const string RateLimit = "links";

    /// <summary>The rate limit of what a guest does inside: far more than anybody says or presses.</summary>
    public const string InsideLimit = "guests";

    private const int InsidePerMinute = 120;

    public static IServiceCollection AddGuests(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton<GuestDoor>();
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            SignInServices.Cookie(cookie, options);
            cookie.Cookie.Name = CookieName;
        });
        services.AddRateLimiter(limiter => limiter.AddPolicy(RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) })));
        services.AddRateLimiter(limiter => limiter.AddPolicy(InsideLimit, static context =>
            context.Request.Cookies[CookieName] is { } cookie ? Limited(cookie) : RateLimitPartition.GetNoLimiter(0)));
        return services;
    }

    /// <summary>The session is not read yet, and a cookie that is none is refused behind this. So many places are enough, and bound the memory.</summary>
    private static RateLimitPartition<int> Limited(string cookie) => RateLimitPartition.GetFixedWindowLimiter(
        1 + (cookie.GetHashCode(StringComparison.Ordinal) & 0xFFF),
        static _ => new FixedWindowRateLimiterOptions { PermitLimit = InsidePerMinute, Window = TimeSpan.FromMinutes(1) });

    /// <summary>Lets guests in, and nobody else.</summary>
    public static TBuilder RequireGuest<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = Scheme });
}
