using System.Security.Claims;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;

namespace Interop.Console.Host.SignIn;

/// <summary>Who makes a request, and the name of the attempt: bound by the framework wherever an endpoint asks for it.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Id">The person's or the token's id in its agency: two people may have one name.</param>
/// <param name="Command">The attempt.</param>
internal sealed record SignedIn(Actor Actor, string Id, CommandId Command)
{
    /// <summary>The header with which a caller names its attempt, so that a repeated request has one effect.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int LongestKey = 100;

    public AgencyId Agency => Actor.Agency;

    public static ValueTask<SignedIn?> BindAsync(HttpContext context)
    {
        var actor = context.RequestServices.GetRequiredService<Actors>().Find(context.User)
            ?? throw new BadHttpRequestException("The account behind this session is gone.", StatusCodes.Status401Unauthorized);
        var id = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        return ValueTask.FromResult<SignedIn?>(new SignedIn(actor, id, Attempt(context, actor, id)));
    }

    /// <summary>The name that the caller gave its attempt, or a new one.</summary>
    public static string Key(HttpContext context)
    {
        var key = context.Request.Headers[IdempotencyHeader].ToString();
        if (key.Length > LongestKey || key.Any(character => character is < '!' or > '~'))
            throw new BadHttpRequestException($"{IdempotencyHeader} must be at most {LongestKey} visible ASCII characters.");
        return key.Length == 0 ? Guid.NewGuid().ToString("N") : key;
    }

    // Scoped to who sends it: a key that somebody else guesses must not give them this caller's answer.
    private static CommandId Attempt(HttpContext context, Actor actor, string id) =>
        new($"{actor.Agency.Value}/{actor.Kind}/{id}/{Key(context)}");
}
