using Interop.Hub.Contracts.Ports;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Whether this node may speak, given which of the others have heard it lately.</summary>
/// <remarks>
/// A node's rooms move when enough others vote it lost. As long as fewer than that many have not heard it, they cannot have
/// moved, whatever became of Redis or the database. The lease is shorter than the quickest vote, so a node that is cut off
/// is silent before anybody takes its rooms. Times are the clock's timestamps. Safe from any thread.
/// </remarks>
internal sealed class Standing(TimeProvider time) : INodeStanding
{
    /// <summary>The votes that end a node: those of the membership's settings.</summary>
    public const int Votes = 2;

    /// <summary>For how long it counts that a peer heard this node. Two probes of 500 ms must fail before one can be voted lost.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(700);

    private readonly Lock gate = new();
    private readonly Dictionary<object, long> heard = [];
    private long doubted = long.MinValue;
    private bool over;
    private long until = long.MaxValue;

    /// <summary>Cheap enough to be asked before each packet: even one that froze while it was sending stops there.</summary>
    public bool MaySpeak => time.GetTimestamp() <= Volatile.Read(ref until);

    /// <summary>Whether the node froze, and nobody has confirmed since that it is still itself.</summary>
    public bool IsInDoubt
    {
        get
        {
            lock (gate)
                return doubted != long.MinValue && !MaySpeak;
        }
    }

    /// <summary>Whether the others have written this node off.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
                return over;
        }
    }

    /// <summary>The peer is a member from now on, and has its time to be reached.</summary>
    public void Join(object peer) => Update(() => heard.TryAdd(peer, time.GetTimestamp()));

    /// <summary>The peer is no member any more: it has no vote.</summary>
    public void Leave(object peer) => Update(() => heard.Remove(peer));

    /// <summary>The peer answered what was asked of it then, and this node is a member to it.</summary>
    public void Heard(object peer, long asked) => Update(() =>
    {
        if (heard.TryGetValue(peer, out var before))
            heard[peer] = Math.Max(asked, before);
    });

    /// <summary>The peer's machine says that its process is gone: it votes for nothing.</summary>
    public void Gone(object peer) => Heard(peer, long.MaxValue);

    /// <summary>The node froze: only what is heard from now on counts.</summary>
    public void Doubt() => Update(() => doubted = time.GetTimestamp());

    /// <summary>There are no peers to ask, and the table of members still has this node.</summary>
    public void Reassure(long asked) => Update(() => doubted = asked > doubted && heard.Count == 0 ? long.MinValue : doubted);

    /// <summary>The others have written this node off; it never speaks again.</summary>
    public void End() => Update(() => over = true);

    private void Update(Action change)
    {
        lock (gate)
        {
            change();
            Volatile.Write(ref until, Until());
        }
    }

    private long Until()
    {
        if (over)
            return long.MinValue;
        var needed = Math.Min(Votes, (heard.Count + 2) / 2);
        if (heard.Count < needed)
            return doubted == long.MinValue ? long.MaxValue : long.MinValue;
        var last = heard.Values.Select(at => at < doubted ? long.MinValue : at).Order().ElementAt(needed - 1);
        return last is long.MaxValue or long.MinValue ? last : last + (long)(Lease.TotalSeconds * time.TimestampFrequency);
    }
}
