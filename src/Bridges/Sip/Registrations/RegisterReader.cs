using System.Globalization;
using System.Net;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Bridges.Sip.Registrations;

/// <summary>What a REGISTER asks for, or the reply that refuses it.</summary>
internal readonly record struct RegisterReading(RegisterOrder? Order, SipReply? Reply)
{
    /// <summary>Whether its contacts are bound as flows (RFC 5626 section 6).</summary>
    public bool Outbound { get; init; }
}

/// <summary>Reads a REGISTER (RFC 3261 section 10.3, RFC 3327, RFC 5626); nothing in it is believed beyond its form.</summary>
internal sealed class RegisterReader(SipBridgeOptions options)
{
    private const int MostContacts = 10, MostPath = 8, LongestAddress = 512, LongestParameters = 512, LongestName = 128;
    private static readonly TimeSpan Unsaid = TimeSpan.FromHours(1);

    /// <param name="request">The REGISTER.</param>
    /// <param name="flow">The way back that it came by, if one is kept.</param>
    /// <param name="from">Where it really came from.</param>
    public RegisterReading Read(SipRequest request, BindingFlow? flow, IPAddress from)
    {
        var contacts = request.Headers.Values(HeaderNames.Contact);
        var path = request.Headers.Values(HeaderNames.Path);
        if (contacts.Count > MostContacts || path.Count > MostPath || path.Exists(hop => hop.Length > LongestAddress || !NameAddr.TryParse(hop, out _)))
            return Refuse(400, "Too Many Contacts Or Hops");
        var order = new RegisterOrder(request.CallId, request.CSeq.Number, [], false, path, flow, Cut(request.Headers[HeaderNames.UserAgent]));
        if (contacts.Contains("*"))
            return contacts.Count == 1 && SecondsOf(request.Headers[HeaderNames.Expires]) == 0
                ? new(order with { RemoveAll = true }, null)
                : Refuse(400, "Wildcard Without Expires 0");

        var outbound = TakesOutbound(request, path);
        var offered = new List<OfferedContact>(contacts.Count);
        foreach (var text in contacts)
        {
            if (!NameAddr.TryParse(text, out var contact) || !contact.Uri.IsSip)
                return Refuse(400, "Contact Is No SIP Address");
            var lasts = LastsFor(contact, request);
            if (lasts > TimeSpan.Zero && lasts < options.RegistrationLeast)
                return new(null, new SipReply(423, "Interval Too Brief") { Headers = [new(HeaderNames.MinExpires, Whole(options.RegistrationLeast))] });
            offered.Add(Offer(contact, lasts, outbound, path.Count == 0 ? from : null));
            if (offered[^1].Contact.Length > LongestAddress || offered[^1].Parameters.Length > LongestParameters)
                return Refuse(400, "Contact Too Long");
        }

        return new(order with { Contacts = offered }, null) { Outbound = outbound && offered.Exists(contact => IsFlow(contact.Key)) };
    }

    private TimeSpan LastsFor(NameAddr contact, SipRequest request)
    {
        var seconds = SecondsOf(contact.Parameters["expires"]) ?? SecondsOf(request.Headers[HeaderNames.Expires]);
        var asked = seconds is { } said ? TimeSpan.FromSeconds(said) : Unsaid;
        return asked < options.RegistrationMost ? asked : options.RegistrationMost;
    }

    /// <param name="contact">The contact.</param>
    /// <param name="lasts">For how long.</param>
    /// <param name="outbound">Whether flows are taken.</param>
    /// <param name="from">Where it came from, when no Path leads to it: a contact elsewhere is behind a NAT, or a name for none.</param>
    private static OfferedContact Offer(NameAddr contact, TimeSpan lasts, bool outbound, IPAddress? from)
    {
        var uri = contact.Uri with { Headers = null };
        var q = double.TryParse(contact.Parameters["q"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var said) && said is >= 0 and <= 1 ? said : 1;
        var parameters = contact.Parameters.Without("expires").Without("q");
        var key = KeyOf(uri, parameters, outbound);
        var byFlowAlone = from is not null && (IsFlow(key) || !from.Equals(uri.Address));
        return new OfferedContact(key, uri.ToString(), parameters.ToString(), q, lasts, byFlowAlone);
    }

    /// <summary>
    /// A flow is known by its instance and reg-id, whatever address its phone has today; else the address is compared as
    /// RFC 3261 section 19.1.4 has it.
    /// </summary>
    private static string KeyOf(SipUri uri, SipParameters parameters, bool outbound) =>
        outbound && parameters["+sip.instance"] is { Length: > 0 } instance && parameters["reg-id"] is { Length: > 0 } flow
            ? $"flow:{instance};{flow}"
            : $"{uri.Scheme}:{uri.UserName}@{uri.Host.ToLowerInvariant()}:{uri.Port};{uri.Parameters["transport"]?.ToLowerInvariant()}";

    private static bool IsFlow(string key) => key.StartsWith("flow:", StringComparison.Ordinal);

    /// <summary>
    /// Flows need a first hop that keeps them: ourselves, or a proxy that says so with <c>ob</c>. A phone behind another
    /// proxy is bound by its address; 439, which RFC 5626 section 6 has for it, would leave it unreachable.
    /// </summary>
    private static bool TakesOutbound(SipRequest request, List<string> path)
    {
        if (!request.Lists(HeaderNames.Supported, RegisterTags.Outbound))
            return false;
        return path.Count == 0
            ? request.Headers.Values(HeaderNames.Via).Count == 1
            : NameAddr.TryParse(path[^1], out var first) && first.Uri.Parameters.Has("ob");
    }

    /// <summary>What is no number counts as not said (RFC 3261 section 20.19); more than a number holds is as long as can be.</summary>
    private static uint? SecondsOf(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.All(char.IsAsciiDigit))
            return null;
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : uint.MaxValue;
    }

    private static string Whole(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private static string? Cut(string? name) => name?.Length > LongestName ? name[..LongestName] : name;

    private static RegisterReading Refuse(int status, string reason) => new(null, new SipReply(status, reason));
}
