using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Hub.Domain.Registrations;

/// <summary>Decides what a REGISTER makes of a phone's bindings (RFC 3261 section 10.3, steps 6 and 7).</summary>
internal static class BindingSet
{
    /// <summary>The refusal of a request that is older than what it would change.</summary>
    public const string OutOfOrder = "registration.out-of-order";

    /// <summary>The bindings that have time left.</summary>
    public static IReadOnlyList<Binding> Live(IReadOnlyList<Binding> bindings, DateTimeOffset now) =>
        [.. bindings.Where(binding => binding.ExpiresAt > now)];

    /// <summary>All bindings after the order, or its refusal; nothing is done by half.</summary>
    public static Outcome<IReadOnlyList<Binding>> Apply(IReadOnlyList<Binding> bindings, RegisterOrder order, DateTimeOffset now)
    {
        var live = Live(bindings, now);
        if (order.RemoveAll)
            return live.Any(binding => IsOlder(order, binding)) ? TooOld : new Outcome<IReadOnlyList<Binding>>([], null);
        var after = live.ToList();
        foreach (var contact in order.Contacts)
        {
            var at = after.FindIndex(binding => binding.Key == contact.Key);
            if (at >= 0 && IsOlder(order, after[at]))
                return TooOld;
            var since = at >= 0 ? after[at].Since : now;
            if (at >= 0)
                after.RemoveAt(at);
            if (contact.Lasts > TimeSpan.Zero)
                after.Add(Bind(order, contact, since, now));
        }

        // A phone that was restarted may come with a new address each time and never take the old ones back: the newest
        // are where it is.
        return new Outcome<IReadOnlyList<Binding>>([.. after.TakeLast(Limits.BindingsOfAPhone)], null);
    }

    /// <summary>The bindings once a stream has closed: without those that it alone led to.</summary>
    public static IReadOnlyList<Binding> Without(IReadOnlyList<Binding> bindings, BindingFlow flow) =>
        [.. bindings.Where(binding => binding.Flow != flow || !binding.ByFlowAlone).Select(binding => binding.Flow == flow ? binding with { Flow = null } : binding)];

    private static Outcome<IReadOnlyList<Binding>> TooOld =>
        new Refusal(RefusalKind.Conflict, OutOfOrder, "The request is older than the binding that it would change.");

    /// <summary>Within one Call-ID numbers rise; another Call-ID is another start of the phone, and holds.</summary>
    private static bool IsOlder(RegisterOrder order, Binding binding) => order.CallId == binding.CallId && order.CSeq <= binding.CSeq;

    private static Binding Bind(RegisterOrder order, OfferedContact contact, DateTimeOffset since, DateTimeOffset now) => new(
        contact.Key, contact.Contact, contact.Parameters, contact.Q, order.CallId, order.CSeq, since, now, now + contact.Lasts,
        order.Path, order.Flow, contact.ByFlowAlone, order.UserAgent);
}
