using Interop.Console.Host.Guests;
using Interop.Console.Host.SignIn;
using Interop.Console.Host.Web;
using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Live;

/// <summary>Live state over SignalR.</summary>
internal static class LiveServices
{
    private const int LargestMessage = 8 * 1024;

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeeds>().AddHostedService(provider => provider.GetRequiredService<LiveFeeds>());
        services.AddSignalR(options => options.MaximumReceiveMessageSize = LargestMessage)
            .AddJsonProtocol(options => JsonForm.Apply(options.PayloadSerializerOptions));
        return services;
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder app)
    {
        app.MapHub<LiveHub>("/live", options => options.CloseOnAuthenticationExpiration = true).Within(TokenScope.Rooms);
        app.MapHub<GuestHub>("/live/guest", options => options.CloseOnAuthenticationExpiration = true);
        return app;
    }
}
