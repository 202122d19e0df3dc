using System.Collections.Immutable;
using System.Globalization;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Follows who is in the cluster, and tells whoever asked of each node that is lost.</summary>
/// <remarks>A node that leaves in order is told of as well: what it left behind has to come up elsewhere all the same.</remarks>
internal sealed partial class Members(IClusterMembershipService membership, ILocalSiloDetails self, ILogger<Members> log)
    : NodeTask(ServiceLifecycleStage.RuntimeGrainServices), INodes
{
    private Action<SiloAddress> onLost = static _ => { };
    private ImmutableArray<Action<string>> onSettled = [];

    public SiloAddress Address => self.SiloAddress;

    public string Self => NameOf(self.SiloAddress);

    /// <summary>Those that serve now, this node among them once it does.</summary>
    public ImmutableArray<SiloAddress> Active => [.. membership.CurrentSnapshot.Members.Values
        .Where(static member => member.Status == SiloStatus.Active).Select(static member => member.SiloAddress)];

    /// <summary>The others that are not over yet.</summary>
    public ImmutableArray<SiloAddress> Others => [.. membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status is SiloStatus.Joining or SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping && !member.SiloAddress.Equals(Address))
        .Select(static member => member.SiloAddress)];

    /// <summary>A silo's name in a few letters: its address is nobody's business outside the hub.</summary>
    public static string NameOf(SiloAddress silo) => silo.GetConsistentHashCode().ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Whether a node is in the cluster; null when it was never heard of, as one that has only just come.</summary>
    public bool? Knows(SiloAddress silo) => membership.CurrentSnapshot.GetSiloStatus(silo) switch
    {
        SiloStatus.None => null,
        SiloStatus.Dead => false,
        _ => true,
    };

    public bool IsDead(SiloAddress silo) => membership.CurrentSnapshot.GetSiloStatus(silo) == SiloStatus.Dead;

    public void OnLost(Action<string> heard) => ImmutableInterlocked.Update(ref onSettled, static (all, one) => all.Add(one), heard);

    /// <summary>Who brings up what a lost node had: told at once, and before everybody else.</summary>
    public void OnLost(Action<SiloAddress> heard) => onLost = heard;

    /// <summary>The rooms of a lost node are up again: whoever followed them may ask for them anew.</summary>
    public void Settled(SiloAddress lost)
    {
        foreach (var heard in onSettled)
            heard(NameOf(lost));
    }

    /// <summary>Reads the table of members; throws when it cannot be read.</summary>
    public ValueTask Refresh(CancellationToken cancel) => membership.Refresh(cancellationToken: cancel);

    /// <summary>Writes a node off, without a vote.</summary>
    public Task<bool> TryKill(SiloAddress silo) => membership.TryKill(silo);

    protected override async Task Run(CancellationToken stop)
    {
        var before = new ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, MembershipVersion.MinValue);
        await foreach (var now in membership.MembershipUpdates.WithCancellation(stop))
        {
            var changes = now.CreateUpdate(before).Changes;
            // Those that were over before this node came were never anything to it.
            var lost = changes.Where(member => member.Status == SiloStatus.Dead && before.GetSiloStatus(member.SiloAddress) is not (SiloStatus.None or SiloStatus.Dead)).ToArray();
            before = now;
            foreach (var member in lost)
            {
                LogLost(member.SiloAddress);
                onLost(member.SiloAddress);
            }
        }
    }

    [LoggerMessage(1601, LogLevel.Warning, "Node {Node} is no longer in the cluster")]
    private partial void LogLost(SiloAddress node);
}
