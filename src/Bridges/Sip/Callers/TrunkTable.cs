using System.Net;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Callers;

/// <summary>Which agency's trunk an address belongs to: the narrowest network that holds it.</summary>
internal sealed class TrunkTable
{
    private readonly List<Row> _rows = [];

    public TrunkTable(DirectorySnapshot directory)
    {
        foreach (var agency in directory.Agencies)
            foreach (var trunk in agency.All<TrunkEntry>())
                foreach (var network in trunk.From)
                    if (IPNetwork.TryParse(network, out var parsed))
                        _rows.Add(new Row(parsed, agency.Agency, trunk.Id));
        _rows.Sort(static (a, b) => b.Network.PrefixLength.CompareTo(a.Network.PrefixLength));
    }

    public (AgencyId Agency, string Trunk)? Find(IPAddress source)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        foreach (var row in _rows)
            if (row.Network.Contains(address))
                return (row.Agency, row.Trunk);
        return null;
    }

    private readonly record struct Row(IPNetwork Network, AgencyId Agency, string Trunk);
}
