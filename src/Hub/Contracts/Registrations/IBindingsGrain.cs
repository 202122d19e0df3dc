namespace Interop.Hub.Contracts.Registrations;

/// <summary>Where one phone can be reached; its key is the endpoint's user. Whoever calls it has proved or checked that user.</summary>
[Alias("interop.bindings")]
public interface IBindingsGrain : IGrainWithStringKey
{
    /// <summary>Carries out a REGISTER, wholly or not at all, and gives every binding that is there then.</summary>
    /// <remarks>Refused as <c>registration.out-of-order</c> when it is older than what it would change.</remarks>
    [Alias("register")]
    Task<Outcome<IReadOnlyList<Binding>>> Register(RegisterOrder order);

    /// <summary>The bindings that have not expired.</summary>
    [Alias("find")]
    Task<IReadOnlyList<Binding>> Find();

    /// <summary>A stream has closed: what was reached by it alone is unbound, the rest is reached by its contact from now on.</summary>
    [Alias("flow-broke")]
    Task FlowBroke(BindingFlow flow);
}

/// <summary>What a REGISTER asks for; without contacts it only asks what is bound.</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="CSeq">Its number.</param>
/// <param name="Contacts">The bindings to set or, with no time left, to remove.</param>
/// <param name="RemoveAll">Whether every binding goes (<c>Contact: *</c>).</param>
/// <param name="Path">The proxies on the way back, nearest first.</param>
/// <param name="Flow">The way it came.</param>
/// <param name="UserAgent">What the phone calls itself.</param>
[GenerateSerializer, Alias("interop.register-order")]
public sealed record RegisterOrder(
    string CallId,
    uint CSeq,
    IReadOnlyList<OfferedContact> Contacts,
    bool RemoveAll,
    IReadOnlyList<string> Path,
    BindingFlow? Flow,
    string? UserAgent);

/// <summary>One contact of a REGISTER.</summary>
/// <param name="Key">See <see cref="Binding.Key"/>.</param>
/// <param name="Contact">The address.</param>
/// <param name="Parameters">What else is said of it, as written.</param>
/// <param name="Q">The preference, 0 to 1.</param>
/// <param name="Lasts">For how long; zero removes it.</param>
/// <param name="ByFlowAlone">See <see cref="Binding.ByFlowAlone"/>.</param>
[GenerateSerializer, Alias("interop.offered-contact")]
public sealed record OfferedContact(string Key, string Contact, string Parameters, double Q, TimeSpan Lasts, bool ByFlowAlone);
