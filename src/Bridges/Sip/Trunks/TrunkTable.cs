using System.Net;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>A trunk of the directory with its owner.</summary>
internal readonly record struct Trunk(AgencyId Agency, TrunkEntry Entry);

/// <summary>Whose trunk an address or a certificate belongs to.</summary>
internal sealed class TrunkTable
{
    private readonly List<(IPNetwork Network, Trunk Trunk)> _rows = [];
    private readonly Dictionary<string, Trunk> _certificates = new(StringComparer.OrdinalIgnoreCase);

    public TrunkTable(DirectorySnapshot directory)
    {
        foreach (var agency in directory.Agencies)
            foreach (var trunk in agency.All<TrunkEntry>())
                Add(new Trunk(agency.Agency, trunk));
        _rows.Sort(static (a, b) => b.Network.PrefixLength.CompareTo(a.Network.PrefixLength));
    }

    /// <summary>Every trunk.</summary>
    public List<Trunk> All { get; } = [];

    /// <summary>The trunk of the narrowest network that holds the address.</summary>
    public Trunk? Find(IPAddress source)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        foreach (var (network, trunk) in _rows)
            if (network.Contains(address))
                return trunk;
        return null;
    }

    /// <summary>The trunk that one of a certificate's names stands for; names are compared whole, without wildcards (RFC 5922 section 7.2).</summary>
    public Trunk? Find(IReadOnlyList<string> names)
    {
        foreach (var name in names)
            if (_certificates.TryGetValue(name, out var trunk))
                return trunk;
        return null;
    }

    private void Add(Trunk trunk)
    {
        All.Add(trunk);
        foreach (var network in trunk.Entry.From)
            if (IPNetwork.TryParse(network, out var parsed))
                _rows.Add((parsed, trunk));
        foreach (var name in trunk.Entry.Certificates ?? [])
            _certificates.TryAdd(name, trunk);
    }
}
