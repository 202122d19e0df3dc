using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Provisioning;

/// <summary>How much an application of a file changed.</summary>
internal sealed record ProvisioningReport(int Changed, int Unchanged, int Rooms, IReadOnlyList<ProvisioningError> Errors);

/// <summary>Applies what a file says as commands, each once for its content (design rule 7).</summary>
internal sealed class Provisioner(IGrainFactory grains, IDirectory directory, Credentials credentials)
{
    private const string Name = "provisioning";

    /// <summary>Applies all that can be applied; what was refused is in the report.</summary>
    /// <param name="file">What to apply.</param>
    /// <param name="administrator">Who sent it; null for the operator's own file, which speaks for every agency.</param>
    public async Task<ProvisioningReport> Apply(ProvisioningFile file, Actor? administrator)
    {
        var known = directory.Current;
        var errors = file.Orphans(known).Concat(HubNames.Taken(file, known)).ToList();
        if (administrator is not null)
            errors.AddRange(HubNames.TrunksOfTheirOwn(file, known));
        if (errors.Count > 0)
            return new ProvisioningReport(0, 0, 0, errors);
        var (changed, unchanged) = (0, 0);
        foreach (var agency in file.Entries.GroupBy(owned => owned.Agency))
        {
            var outcome = await grains.GetGrain<IAgencyGrain>(agency.Key.Value).Provision([.. agency.Select(owned => owned.Entry)], administrator ?? File(agency.Key));
            if (!outcome.Ok)
                errors.Add(Refused(agency.First().Path, agency.First().Line, outcome.Refusal));
            changed += outcome.Value?.Changed ?? 0;
            unchanged += outcome.Value?.Unchanged ?? 0;
        }
        foreach (var password in file.Passwords)
        {
            var set = await credentials.Provision(password.Agency, password.Person, password.Password, password.Hash);
            changed += set ? 1 : 0;
            unchanged += set ? 0 : 1;
        }
        foreach (var room in file.Rooms)
            if (await Open(room, file, administrator ?? File(room.Owner)) is { } refusal)
                errors.Add(Refused(room.Path, room.Line, refusal));
        return new ProvisioningReport(changed, unchanged, file.Rooms.Count, errors);
    }

    private async Task<Refusal?> Open(StandingRoom room, ProvisioningFile file, Actor actor)
    {
        var shares = new List<LentResource>();
        foreach (var share in room.Shares)
        {
            if (LentResource.Of(room.Owner, Channel(room.Owner, share, file)) is not { } channel)
                return new Refusal(RefusalKind.Invalid, "share.unknown-resource", $"{room.Owner} has no channel \"{share}\".");
            shares.Add(channel);
        }
        var claim = await grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key).Claim(room.Code, room.Owner);
        if (!claim.Ok)
            return claim.Refusal;
        var hash = room.ContentHash();
        var open = new OpenRoom(room.Title, room.Type, room.Priority, room.Place, room.Owner, room.Admits, room.Invites, shares, null, hash);
        var opened = await grains.GetGrain<IRoomGrain>(room.Code.Value).Execute(open, actor, new CommandId($"{Name}/{hash}"));
        return opened.Refusal;
    }

    /// <summary>As the directory has it; a channel that this very file brought may not have reached this node yet.</summary>
    private ChannelEntry? Channel(AgencyId owner, string id, ProvisioningFile file) =>
        directory.Current.Find(owner)?.Find<ChannelEntry>(id)
        ?? file.Entries.Where(owned => owned.Agency == owner).Select(owned => owned.Entry).OfType<ChannelEntry>().FirstOrDefault(channel => channel.Id == id);

    private static Actor File(AgencyId agency) => new(ActorKind.Provisioning, agency, Name, Role.Administrator);

    private static ProvisioningError Refused(string path, int line, Refusal refusal) => new(path, line, refusal.Text);
}
