using Interop.Console.Host.Directory;
using Interop.Console.Host.Problems;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.SignIn;

/// <summary>The agency of the first administrator.</summary>
internal sealed record SetupAgency(string? Id, string? Name, AgencyLevel? Level);

/// <summary>What the first administrator fills in.</summary>
internal sealed record SetupRequest(string? Token, SetupAgency? Agency, string? Name, string? Email, string? Password);

/// <summary>Whether the hub still waits for its first administrator.</summary>
internal sealed record SetupState(bool Needed);

/// <summary>Makes the first administrator of a new hub, once.</summary>
internal sealed class Setup(IDirectory directory, Credentials credentials, OneTimeLinks links, People people)
{
    private const string FirstPerson = "administrator";

    /// <summary>Nobody who may administer can sign in yet.</summary>
    public async Task<bool> IsNeeded()
    {
        foreach (var agency in directory.Current.Agencies)
            foreach (var person in agency.All<PersonEntry>())
                if (person.Role == Role.Administrator && await credentials.Exists(agency.Agency, person.Id))
                    return false;
        return true;
    }

    /// <summary>The token of a fresh link, in place of any earlier one.</summary>
    public Task<string> Invite(CancellationToken cancel) => links.Issue(OneTimeLink.Setup, new AgencyId(""), "", cancel);

    /// <summary>Spends the link. A refusal that the person can put right leaves it good.</summary>
    public async Task<Outcome<(AgencyEntry Agency, PersonEntry Person)>> Complete(SetupRequest request, CommandId command, CancellationToken cancel)
    {
        if (Wrong(request) is { } refusal)
            return refusal;
        // Whoever finds the link of a first start later must not become a second administrator by it.
        if (!await IsNeeded())
            return new Refusal(RefusalKind.Denied, "setup.done", "The hub has its administrator, so this link does nothing. Ask them to add you.");
        if (await links.Spend(OneTimeLink.Setup, request.Token ?? "", cancel) is not { } link)
            return new Refusal(RefusalKind.Denied, "setup.link", "This link has been used or is not the newest. Start the hub again for a new one.");
        var made = await Make(request, command, cancel);
        if (!made.Ok)
            await links.Store(link, cancel);
        return made;
    }

    private async Task<Outcome<(AgencyEntry, PersonEntry)>> Make(SetupRequest request, CommandId command, CancellationToken cancel)
    {
        var id = new AgencyId(request.Agency!.Id!);
        var actor = new Actor(ActorKind.Person, id, request.Name!.Trim(), Role.Administrator);
        var agency = directory.Current.Find(id)?.Find<AgencyEntry>(id.Value);
        if (agency is null)
        {
            agency = new AgencyEntry(id.Value, request.Agency.Name!.Trim(), request.Agency.Level ?? AgencyLevel.City);
            if ((await people.Put(id, agency, actor, new CommandId($"{command.Value}/agency"), cancel)).Refusal is { } refused)
                return refused;
        }
        var person = new PersonEntry(people.FreeId(id, FirstPerson), actor.Name, Role.Administrator, request.Email!.Trim(), null);
        if ((await people.Put(id, person, actor, new CommandId($"{command.Value}/person"), cancel)).Refusal is { } refusal)
            return refusal;
        await credentials.Set(id, person.Id, request.Password!);
        return (agency, person);
    }

    private Refusal? Wrong(SetupRequest request)
    {
        if (!EntryId.IsValid(request.Agency?.Id))
            return new Refusal(RefusalKind.Invalid, "agency.id", EntryId.Rule, "agency.id");
        var known = directory.Current.Find(new AgencyId(request.Agency!.Id!)) is not null;
        if (!known && string.IsNullOrWhiteSpace(request.Agency.Name))
            return new Refusal(RefusalKind.Invalid, "agency.name", "The agency needs a name.", "agency.name");
        return people.WrongPerson(request.Name, request.Email) ?? Credentials.Weak(request.Password);
    }
}

/// <summary>The endpoints behind the one-time link that the first start prints.</summary>
internal static class SetupEndpoints
{
    public static IEndpointRouteBuilder MapSetup(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/setup").WithTags("Sign-in").RequireRateLimiting(SignInServices.RateLimit);
        group.MapGet("", static async (Setup setup) => new SetupState(await setup.IsNeeded())).DisableRateLimiting()
            .WithSummary("Whether the hub still waits for its first administrator.");
        group.MapPost("", static async (SetupRequest request, HttpContext context, Setup setup, CancellationToken cancel) =>
            {
                var outcome = await setup.Complete(request, new CommandId(Guid.NewGuid().ToString("N")), cancel);
                if (!outcome.Ok)
                    return Problem.From(outcome.Refusal!);
                var (agency, person) = outcome.Value;
                return await SessionEndpoints.Begin(context, new AgencyId(agency.Id), agency.Name, person);
            })
            .Produces<Session>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Creates the first administrator with the one-time link, and signs them in.");
        return api;
    }
}
