using System.Globalization;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Bridges.Sip.Registrations;

/// <summary>What a REGISTER is answered with once it was carried out, or was not.</summary>
internal static class RegisterReply
{
    /// <summary>200 with every binding and the seconds that it has left (RFC 3261 section 10.3 step 8).</summary>
    public static SipReply Of(IReadOnlyList<Binding> bindings, SipRequest request, bool outbound, DateTimeOffset now)
    {
        var headers = new List<SipHeader>();
        foreach (var binding in bindings)
            headers.Add(new(HeaderNames.Contact, Describe(binding, now)));
        headers.Add(new(HeaderNames.Date, now.ToString("R", CultureInfo.InvariantCulture)));
        headers.Add(new(HeaderNames.Supported, $"{RegisterTags.Path}, {RegisterTags.Outbound}"));
        // RFC 3327 section 5.3: the registrar copies the Path into its 200, for a phone that asked to know it.
        if (request.Lists(HeaderNames.Supported, RegisterTags.Path))
            foreach (var path in request.Headers.All(HeaderNames.Path))
                headers.Add(new(HeaderNames.Path, path));
        if (outbound)
            headers.Add(new(HeaderNames.Require, RegisterTags.Outbound));
        return new SipReply(200) { Headers = headers };
    }

    /// <summary>RFC 3261 section 10.3 has 500 for an update that was not made, and nothing was.</summary>
    public static SipReply Of(Refusal refusal) => refusal.Kind == RefusalKind.Unavailable
        ? new SipReply(503) { Headers = [new(HeaderNames.RetryAfter, "5")] }
        : new SipReply(500, "Out Of Order");

    private static string Describe(Binding binding, DateTimeOffset now)
    {
        var left = Math.Max(1, Math.Ceiling((binding.ExpiresAt - now).TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        var q = binding.Q < 1 ? $";q={binding.Q.ToString("0.###", CultureInfo.InvariantCulture)}" : "";
        return $"<{binding.Contact}>{binding.Parameters}{q};expires={left}";
    }
}
