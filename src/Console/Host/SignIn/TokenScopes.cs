using Interop.Console.Host.Problems;
using Interop.Hub.Contracts.Directory;
using Microsoft.AspNetCore.Authorization;

namespace Interop.Console.Host.SignIn;

/// <summary>Which part of the API an endpoint belongs to.</summary>
internal sealed record ReachedBy(TokenScope Scope);

/// <summary>Holds a token to the parts of the API that it was given for.</summary>
/// <remarks>An endpoint that names no part is closed to such a token: what is added later is not opened by having been forgotten.</remarks>
internal static class TokenScopes
{
    public static TBuilder Within<TBuilder>(this TBuilder endpoints, TokenScope scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new ReachedBy(scope));

    public static WebApplication UseTokenScopes(this WebApplication app)
    {
        app.Use(static (context, next) =>
            context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
            && context.RequestServices.GetRequiredService<Actors>().Token(context.User) is { Scopes: { } scopes }
            && !(endpoint.Metadata.GetMetadata<ReachedBy>() is { } part && scopes.Contains(part.Scope))
                ? Problem.Of(403, "token.scope", "This token is not for this part of the API; its agency's administrator says what it is for.").ExecuteAsync(context)
                : next(context));
        return app;
    }
}
