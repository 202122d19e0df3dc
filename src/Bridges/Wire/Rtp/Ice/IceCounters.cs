namespace Interop.Bridges.Wire.Rtp.Ice;

/// <summary>What an agent counts. Written by the agent's owner alone; each may be read by any thread.</summary>
public sealed class IceCounters
{
    /// <summary>Checks that proved who sent them.</summary>
    public long Proved { get; internal set; }

    /// <summary>Checks refused as not what they must be (400, 420).</summary>
    public long BadRequests { get; internal set; }

    /// <summary>Checks refused because the user or the password is wrong (401).</summary>
    public long Unauthenticated { get; internal set; }

    /// <summary>Checks of one who takes our role (487).</summary>
    public long RoleConflicts { get; internal set; }

    /// <summary>Checks left unread because too many strangers came at once.</summary>
    public long Overloaded { get; internal set; }

    /// <summary>Datagrams that are no STUN request of ICE.</summary>
    public long Ignored { get; internal set; }

    /// <summary>Times an address passed from one browser to another.</summary>
    public long Remapped { get; internal set; }

    /// <summary>Browsers that ceased to prove that they are there.</summary>
    public long Expired { get; internal set; }
}
