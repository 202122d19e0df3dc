using Interop.Console.Host.Directory;
using Interop.Console.Host.Problems;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.SignIn;

/// <summary>A new person of the caller's agency.</summary>
internal sealed record PersonRequest(string? Name, string? Email, Role? Role, string? Sip);

/// <summary>The new person, and the link with which they choose a password.</summary>
internal sealed record PersonCreated(string Id, string Link);

/// <summary>A person's first password.</summary>
internal sealed record WelcomeRequest(string? Token, string? Password);

/// <summary>Adds people to an agency and lets them choose a password.</summary>
internal sealed class People(IGrainFactory grains, IDirectory directory, Actors actors, Credentials credentials, OneTimeLinks links, TimeProvider time)
{
    private static readonly TimeSpan DirectoryPatience = TimeSpan.FromSeconds(5);

    /// <summary>Records an entry, and returns when this node's own copy of the directory has it.</summary>
    public async Task<Outcome<ProvisioningReceipt>> Put(AgencyId agency, DirectoryEntry entry, Actor actor, CommandId command, CancellationToken cancel)
    {
        var outcome = await grains.GetGrain<IAgencyGrain>(agency.Value).Put(entry, actor, command);
        if (!outcome.Ok)
            return outcome;
        var arrived = await directory.WaitFor(
            snapshot => snapshot.Find(agency)?.Entries.Any(known => known.Id == entry.Id && known.GetType() == entry.GetType()) == true,
            DirectoryPatience, time, cancel);
        return arrived
            ? outcome
            : new Refusal(RefusalKind.Unavailable, "directory.late", $"{entry.Id} is recorded, but this node has not heard of it yet. Try again in a moment.");
    }

    /// <summary>An id that no person of the agency has.</summary>
    public string FreeId(AgencyId agency, string wish)
    {
        var id = wish;
        for (var next = 2; directory.Current.Find(agency)?.Find<PersonEntry>(id) is not null; next++)
            id = $"{wish}-{next}";
        return id;
    }

    public Refusal? WrongPerson(string? name, string? email)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            return new Refusal(RefusalKind.Invalid, "person.name", "A person needs a name of at most 100 characters.", "name");
        if (!EmailAddress.IsValid(email))
            return new Refusal(RefusalKind.Invalid, "person.email", "The sign-in name must be an e-mail address.", "email");
        return actors.FindByEmail(email!) is null
            ? null
            : new Refusal(RefusalKind.Conflict, "person.email-taken", "Somebody has this e-mail address already.", "email");
    }

    /// <summary>Adds a person, or gives one who never used their link a new one.</summary>
    public async Task<Outcome<(PersonEntry Person, string Token)>> Add(PersonRequest request, SignedIn caller, CancellationToken cancel)
    {
        if (!caller.Actor.Is(caller.Agency, Role.Administrator))
            return new Refusal(RefusalKind.Denied, "people.administrator", "Only an administrator of the agency adds people.");
        if (actors.FindByEmail(request.Email ?? "") is var (agency, waiting) && agency == caller.Agency && !await credentials.Exists(agency, waiting.Id))
            return (waiting, await links.Issue(OneTimeLink.Welcome, agency, waiting.Id, cancel));
        if (WrongPerson(request.Name, request.Email) is { } refusal)
            return refusal;
        if (request.Role is not { } role)
            return new Refusal(RefusalKind.Invalid, "person.role", "A person needs a role.", "role");
        var id = FreeId(caller.Agency, EntryId.From(request.Name!, "person"));
        var person = new PersonEntry(id, request.Name!.Trim(), role, request.Email!.Trim(), request.Sip);
        var put = await Put(caller.Agency, person, caller.Actor, caller.Command, cancel);
        if (!put.Ok)
            return put.Refusal;
        return (person, await links.Issue(OneTimeLink.Welcome, caller.Agency, id, cancel));
    }

    /// <summary>Spends a person's link for the password that they chose.</summary>
    public async Task<Outcome<(AgencyId Agency, PersonEntry Person)>> Welcome(WelcomeRequest request, CancellationToken cancel)
    {
        if (Credentials.Weak(request.Password) is { } weak)
            return weak;
        if (await links.Spend(OneTimeLink.Welcome, request.Token ?? "", cancel) is not { } link
            || directory.Current.Find(link.AgencyId)?.Find<PersonEntry>(link.Person) is not { } person)
            return new Refusal(RefusalKind.Denied, "welcome.link", "This link has been used or is too old. Ask your administrator for a new one.");
        await credentials.Set(link.AgencyId, person.Id, request.Password!);
        return (link.AgencyId, person);
    }
}

/// <summary>The endpoints for people.</summary>
internal static class PeopleEndpoints
{
    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapPost("/people", Add).RequireAuthorization().Within(TokenScope.Provisioning).WithTags("Sign-in")
            .Produces<PersonCreated>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Adds a person to the agency and makes a one-time link for the first password.");
        api.MapPost("/welcome", Welcome).RequireRateLimiting(SignInServices.RateLimit).WithTags("Sign-in")
            .Produces<Session>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Sets a person's password with their one-time link, and signs them in.");
        return api;
    }

    private static async Task<IResult> Add(PersonRequest request, SignedIn caller, HttpRequest http, People people, CancellationToken cancel) =>
        (await people.Add(request, caller, cancel)).Or(added => Results.Created(
            $"/api/people/{added.Person.Id}",
            new PersonCreated(added.Person.Id, $"{http.Scheme}://{http.Host}/welcome#{added.Token}")));

    private static async Task<IResult> Welcome(WelcomeRequest request, HttpContext context, People people, IDirectory directory, CancellationToken cancel)
    {
        var outcome = await people.Welcome(request, cancel);
        if (!outcome.Ok)
            return Problem.From(outcome.Refusal!);
        var (agency, person) = outcome.Value;
        return await SessionEndpoints.Begin(context, agency, directory.AgencyName(agency), person);
    }
}
