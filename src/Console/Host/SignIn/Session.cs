using Interop.Console.Host.Problems;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Microsoft.AspNetCore.Authentication;

namespace Interop.Console.Host.SignIn;

/// <summary>Who is signed in.</summary>
/// <param name="Id">The person's or token's id in its agency.</param>
internal sealed record Session(string Name, string? Email, AgencyId Agency, string AgencyName, Role Role, string Id);

/// <summary>An attempt to sign in.</summary>
internal sealed record SignInRequest(string? Email, string? Password);

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public static IEndpointRouteBuilder MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Sign-in");
        session.MapGet("", Read).RequireAuthorization().Produces<Session>()
            .WithSummary("Who is signed in, or which token asks.");
        session.MapPost("", SignIn).RequireRateLimiting(SignInServices.RateLimit).Produces<Session>().ProducesProblem(401)
            .WithSummary("Signs a person in; the session is a cookie.")
            .WithDescription("Five failures within fifteen minutes lock the account for fifteen minutes.");
        session.MapDelete("", (Delegate)SignOut).Produces(204).WithSummary("Signs out.");
        return api;
    }

    /// <summary>Signs a person in on this response and says who it is.</summary>
    public static async Task<IResult> Begin(HttpContext context, AgencyId agency, string agencyName, PersonEntry person)
    {
        await context.SignInAsync(SignInServices.CookieScheme, Actors.Principal(ActorKind.Person, agency, person.Id, SignInServices.CookieScheme));
        return Results.Ok(new Session(person.Name, person.Email, agency, agencyName, person.Role, person.Id));
    }

    public static string AgencyName(this IDirectory directory, AgencyId agency) =>
        directory.Current.Find(agency)?.Find<AgencyEntry>(agency.Value)?.Name ?? agency.Value;

    private static IResult Read(HttpContext context, SignedIn caller, Actors actors, IDirectory directory) =>
        Results.Ok(new Session(
            caller.Actor.Name,
            actors.Person(context.User)?.Email,
            caller.Agency,
            directory.AgencyName(caller.Agency),
            caller.Actor.Role,
            caller.Id));

    private static async Task<IResult> SignIn(SignInRequest request, HttpContext context, Actors actors, Credentials credentials, IDirectory directory)
    {
        var found = actors.FindByEmail(request.Email ?? "");
        var password = request.Password is { Length: <= 256 } text ? text : "";
        if (await credentials.Check(found?.Agency ?? default, found?.Person.Id, password) && found is var (agency, person))
            return await Begin(context, agency, directory.AgencyName(agency), person);
        return Problem.Of(401, "session.refused", "Wrong e-mail or password, or locked for fifteen minutes after five failures.");
    }

    private static async Task<IResult> SignOut(HttpContext context)
    {
        await context.SignOutAsync(SignInServices.CookieScheme);
        return Results.NoContent();
    }
}
