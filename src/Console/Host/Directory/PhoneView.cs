using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Console.Host.Directory;

/// <summary>Whether a phone of the agency can be reached now.</summary>
/// <param name="Id">The endpoint.</param>
/// <param name="Name">Its name.</param>
/// <param name="User">Its user.</param>
/// <param name="Registered">Whether it is registered anywhere.</param>
/// <param name="Since">Since when without a gap.</param>
/// <param name="Expires">When that ends, unless it is renewed.</param>
/// <param name="UserAgent">What the phone calls itself.</param>
internal sealed record PhoneView(string Id, string Name, string User, bool Registered, DateTimeOffset? Since, DateTimeOffset? Expires, string? UserAgent)
{
    public static PhoneView Of(EndpointEntry phone, IReadOnlyList<Binding> bindings, DateTimeOffset now)
    {
        var live = bindings.Where(binding => binding.ExpiresAt > now).ToList();
        return live.Count == 0
            ? new PhoneView(phone.Id, phone.Name, phone.User, false, null, null, null)
            : new PhoneView(phone.Id, phone.Name, phone.User, true, live.Min(binding => binding.Since), live.Max(binding => binding.ExpiresAt), live.MaxBy(binding => binding.SetAt)!.UserAgent);
    }
}
