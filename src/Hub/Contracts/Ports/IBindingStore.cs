using Interop.Hub.Contracts.Registrations;

namespace Interop.Hub.Contracts.Ports;

/// <summary>Keeps which phones are registered and where, for every node and over a restart.</summary>
/// <remarks>No part of the record: it says where a phone is, not what anybody did.</remarks>
public interface IBindingStore
{
    /// <summary>Stores a phone's bindings in place of the ones before; none forgets the phone.</summary>
    Task Save(string user, IReadOnlyList<Binding> bindings, CancellationToken cancel);

    /// <summary>A phone's bindings as stored, expired ones too.</summary>
    Task<IReadOnlyList<Binding>> Find(string user, CancellationToken cancel);

    /// <summary>The bindings of every phone as stored, expired ones too.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<Binding>>> List(CancellationToken cancel);
}
