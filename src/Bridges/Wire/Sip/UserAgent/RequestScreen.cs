using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What a user agent refuses before looking at what a request wants (RFC 3261 section 8.2).</summary>
internal static class RequestScreen
{
    /// <summary>The option tags that a peer may require of us.</summary>
    public static readonly string[] Extensions = [SessionTimer.OptionTag, ReliableOptionTag, Replaces.OptionTag, "norefersub"];

    /// <summary>The option tag of RFC 3262.</summary>
    public const string ReliableOptionTag = "100rel";

    /// <summary>The refusal, or null.</summary>
    public static SipReply? Refuse(SipRequest request, SipTransportKind transport, SipOptions options, string allow)
    {
        if (!options.Allow.Contains(request.Method))
        {
            // Section 8.2.1 has 405 for a method that is recognized, section 21.5.2 has 501 for one that is not.
            return new SipReply(SipMethods.IsKnown(request.Method) ? 405 : 501) { Headers = [new(HeaderNames.Allow, allow)] };
        }

        if (request.Uri.Scheme is not ("sip" or "sips")) return new SipReply(416);
        // RFC 3261 section 26.2.2: sips promises TLS on every hop, and the hop to us has none. RFC 5630 takes the last-hop
        // exception away and has no status of its own for this.
        if (request.Uri.IsSecure && transport != SipTransportKind.Tls) return new SipReply(403, "SIPS Requires TLS");
        // Section 11: OPTIONS with no hop left is answered by whom it reached. Elsewhere zero means that a request
        // has run in a circle through us, as what we take in we may call out for.
        if (request.MaxForwards == 0 && request.To.Tag is null && request.Method != SipMethods.Options) return new SipReply(483);
        return RefuseExtensions(request, options) ?? RefuseBody(request, options);
    }

    private static SipReply? RefuseExtensions(SipRequest request, SipOptions options)
    {
        if (!request.Headers.Has(HeaderNames.Require)) return null;
        var unknown = request.Headers.Values(HeaderNames.Require)
            .Where(tag => !Extensions.Contains(tag, StringComparer.OrdinalIgnoreCase) && !options.Extensions.Contains(tag, StringComparer.OrdinalIgnoreCase)).ToList();
        return unknown.Count == 0 ? null : new SipReply(420) { Headers = [new(HeaderNames.Unsupported, string.Join(", ", unknown))] };
    }

    private static SipReply? RefuseBody(SipRequest request, SipOptions options)
    {
        if (request.Method is not (SipMethods.Invite or SipMethods.Update)) return null;
        if (SipBody.Sdp(request, options.Limits).Refusal is { } refusal)
        {
            return new SipReply(refusal) { Headers = [new(HeaderNames.Accept, string.Join(", ", options.Accept))] };
        }

        return AcceptsSdp(request) ? null : new SipReply(406);
    }

    private static bool AcceptsSdp(SipRequest request)
    {
        if (request.Headers[HeaderNames.Accept] is null) return true;
        foreach (var field in request.Headers.All(HeaderNames.Accept))
        {
            var rest = field.AsSpan();
            while (HeaderLexer.TryNext(ref rest, out var range))
            {
                var end = range.IndexOf(';');
                if (AcceptsSdp((end < 0 ? range : range[..end]).Trim())) return true;
            }
        }

        return false;
    }

    private static bool AcceptsSdp(ReadOnlySpan<char> type) =>
        type.Equals(SessionDescription.MediaType, StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/*", StringComparison.OrdinalIgnoreCase) || type.SequenceEqual("*/*");
}
