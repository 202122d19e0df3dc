using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Console.Host.Directory;

/// <summary>Who is there, and what they offer.</summary>
internal static class DirectoryEndpoints
{
    public static IEndpointRouteBuilder MapDirectory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/directory", Read).RequireAuthorization().Within(TokenScope.Directory).WithTags("Directory")
            .WithSummary("The agencies: the caller's own with all it owns, the others with what they offer.");
        api.MapGet("/directory/phones", Phones).RequireAuthorization().Within(TokenScope.Directory).WithTags("Directory")
            .WithSummary("The caller's own agency's phones, and which of them are registered.");
        api.MapGet("/directory/trunks", Trunks).RequireAuthorization().Within(TokenScope.Directory).WithTags("Directory")
            .WithSummary("The caller's own agency's trunks that register at a partner, and how each registration stands.");
        return api;
    }

    private static IReadOnlyList<AgencyView> Read(SignedIn caller, IDirectory directory) =>
        [.. directory.Current.Agencies
            .OrderBy(agency => agency.Agency.Value, StringComparer.Ordinal)
            .Select(agency => AgencyView.Of(agency, own: agency.Agency == caller.Agency))];

    private static async Task<IReadOnlyList<PhoneView>> Phones(
        SignedIn caller, IDirectory directory, IBindingStore bindings, TimeProvider clock, CancellationToken cancel)
    {
        if (directory.Current.Find(caller.Agency) is not { } own)
            return [];
        var bound = await bindings.List(cancel);
        return [.. own.All<EndpointEntry>().OrderBy(phone => phone.Id, StringComparer.Ordinal)
            .Select(phone => PhoneView.Of(phone, bound.GetValueOrDefault(phone.User, []), clock.GetUtcNow()))];
    }

    private static async Task<IReadOnlyList<TrunkStateView>> Trunks(SignedIn caller, IDirectory directory, IGrainFactory grains)
    {
        var trunks = directory.Current.Find(caller.Agency)?.All<TrunkEntry>() ?? [];
        return await Task.WhenAll(trunks.Where(trunk => trunk.Registration is not null).OrderBy(trunk => trunk.Id, StringComparer.Ordinal)
            .Select(async trunk => TrunkStateView.Of(trunk, await grains.GetGrain<ITrunkGrain>($"{caller.Agency}/{trunk.Id}").Look())));
    }
}
