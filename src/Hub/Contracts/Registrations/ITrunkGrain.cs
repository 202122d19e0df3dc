namespace Interop.Hub.Contracts.Registrations;

/// <summary>How the hub's registration at a partner stands.</summary>
public enum TrunkState
{
    /// <summary>The first try is under way.</summary>
    Registering,

    /// <summary>Calls come in by it.</summary>
    Registered,

    /// <summary>It failed, and is tried again.</summary>
    Failing,
}

/// <summary>A registration at a partner's telephone system; its key is <c>agency/trunk</c>.</summary>
/// <remarks>Kept in memory: whoever holds it tells again within seconds.</remarks>
[Alias("interop.trunk")]
public interface ITrunkGrain : IGrainWithStringKey
{
    /// <summary>Asks for, or keeps, the right to register, which one node has at a time; told often enough, it stays with that node.</summary>
    /// <returns>Whether the node has it.</returns>
    [Alias("hold")]
    Task<bool> Hold(string node, TrunkStatus status);

    /// <summary>Gives the right back.</summary>
    [Alias("release")]
    Task Release(string node);

    /// <summary>How it stands; null while no node holds it.</summary>
    [Alias("look")]
    Task<TrunkStatus?> Look();
}

/// <summary>How a registration stands.</summary>
/// <param name="State">Whether it is there.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="Expires">When it ends unless it is renewed; null when it is not there.</param>
/// <param name="Cause">What keeps it from being there, in words.</param>
[GenerateSerializer, Alias("interop.trunk-status")]
public sealed record TrunkStatus(TrunkState State, DateTimeOffset Since, DateTimeOffset? Expires, string? Cause);
