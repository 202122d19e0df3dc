using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Domain.Directory;
using Interop.Hub.Grains.Journal;

namespace Interop.Hub.Grains.Directory;

/// <summary>The agencies' journals, from which the directory can always be summed up.</summary>
internal static class AgencyStreams
{
    private const string Prefix = "agency/";

    public static string Of(AgencyId agency) => Prefix + agency.Value;

    public static async Task<List<AgencyDirectory>> ReadAll(IJournal journal, CancellationToken cancel)
    {
        var all = new List<AgencyDirectory>();
        foreach (var stream in await journal.Streams(Prefix, cancel))
        {
            var state = new AgencyState(new AgencyId(stream[Prefix.Length..]));
            var version = 0L;
            foreach (var entry in await journal.Read(stream, 0, int.MaxValue, cancel))
            {
                state = state.Evolve(AgencyEvent.Names.Read(entry.Type, entry.Data));
                version = entry.Version;
            }

            all.Add(state.Directory(version));
        }

        return all;
    }
}
