using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Console.Host.Directory;

/// <summary>How a registration at a partner stands.</summary>
/// <param name="Id">The trunk.</param>
/// <param name="Server">The partner's registrar.</param>
/// <param name="User">As whom the hub registers.</param>
/// <param name="State">Whether it is there.</param>
/// <param name="Since">Since when it stands so; null while no node has taken it up.</param>
/// <param name="Expires">When it ends unless it is renewed.</param>
/// <param name="Cause">What keeps it from being there.</param>
internal sealed record TrunkStateView(
    string Id, string Server, string User, TrunkState State, DateTimeOffset? Since, DateTimeOffset? Expires, string? Cause)
{
    public static TrunkStateView Of(TrunkEntry trunk, TrunkStatus? status) => new(
        trunk.Id, trunk.Registration!.Server, trunk.Registration.User, status?.State ?? TrunkState.Registering, status?.Since, status?.Expires, status?.Cause);
}
