using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.Directory;

/// <summary>Who is there, and what they offer.</summary>
internal static class DirectoryEndpoints
{
    public static IEndpointRouteBuilder MapDirectory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/directory", Read).RequireAuthorization().WithTags("Directory")
            .WithSummary("The agencies: the caller's own with all it owns, the others with what they offer.");
        return api;
    }

    private static IReadOnlyList<AgencyView> Read(SignedIn caller, IDirectory directory) =>
        [.. directory.Current.Agencies
            .OrderBy(agency => agency.Agency.Value, StringComparer.Ordinal)
            .Select(agency => AgencyView.Of(agency, own: agency.Agency == caller.Agency))];
}
