using System.Security.Claims;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.SignIn;

/// <summary>Says on whose behalf a request acts.</summary>
/// <remarks>
/// A principal only names a person or a token. What it may do is looked up for every request, so that a person who was
/// removed, or whose role was lowered, has lost it at once and not when the cookie ends.
/// </remarks>
internal sealed class Actors(IDirectory directory, TimeProvider time)
{
    private const string AgencyClaim = "interop:agency";

    /// <summary>The principal of a person who signed in, or of a program with a token.</summary>
    public static ClaimsPrincipal Principal(ActorKind kind, AgencyId agency, string id, string scheme) =>
        new(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, id), new Claim(AgencyClaim, agency.Value), new Claim(ClaimTypes.Actor, kind.ToString())],
            scheme));

    /// <summary>Who acts; null when nobody does, or when the directory no longer knows them.</summary>
    public Actor? Find(ClaimsPrincipal principal)
    {
        if (Person(principal) is { } person)
            return new Actor(ActorKind.Person, Agency(principal), person.Name, person.Role, person.Id);
        if (Token(principal) is { } token)
            return new Actor(ActorKind.Token, Agency(principal), token.Id, token.Role, token.Id);
        return null;
    }

    /// <summary>The token that asks; null for a person, for nobody, and for one whose time is over.</summary>
    public TokenEntry? Token(ClaimsPrincipal principal) =>
        Is(principal, ActorKind.Token) && Entry<TokenEntry>(principal) is { } token && !(token.Ends <= time.GetUtcNow()) ? token : null;

    /// <summary>The person who signed in; null for a token and for nobody.</summary>
    public PersonEntry? Person(ClaimsPrincipal principal) =>
        Is(principal, ActorKind.Person) ? Entry<PersonEntry>(principal) : null;

    /// <summary>The person whose sign-in name this is, in whatever case it is typed.</summary>
    public (AgencyId Agency, PersonEntry Person)? FindByEmail(string email)
    {
        foreach (var agency in directory.Current.Agencies)
            foreach (var person in agency.All<PersonEntry>())
                if (string.Equals(person.Email, email.Trim(), StringComparison.OrdinalIgnoreCase))
                    return (agency.Agency, person);
        return null;
    }

    public static AgencyId Agency(ClaimsPrincipal principal) => new(principal.FindFirstValue(AgencyClaim) ?? "");

    private TEntry? Entry<TEntry>(ClaimsPrincipal principal)
        where TEntry : DirectoryEntry =>
        directory.Current.Find(Agency(principal))?.Find<TEntry>(principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");

    private static bool Is(ClaimsPrincipal principal, ActorKind kind) => principal.FindFirstValue(ClaimTypes.Actor) == kind.ToString();
}
