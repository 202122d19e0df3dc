using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Sip.Routes;

/// <summary>One way to call a party.</summary>
/// <param name="Target">The Request-URI.</param>
internal sealed record DialRoute(SipUri Target)
{
    /// <summary>Where to send it, when not to where the target or the first Route points.</summary>
    public SipDestination? Destination { get; init; }

    /// <summary>The Route header fields, if any.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>Whom the call is said to come from there; null for the room itself.</summary>
    public SipUri? From { get; init; }

    /// <summary>What answers a challenge of the far side.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>Whether it is certain that the call goes out over TLS, before any name is looked up.</summary>
    public bool IsOverTls => Destination?.Transport == SipTransportKind.Tls
        || (Destination is null && (NextHop.IsSecure || string.Equals(NextHop.Parameters["transport"], "tls", StringComparison.OrdinalIgnoreCase)));

    private SipUri NextHop => Headers is [{ Value: var first }, ..] && NameAddr.TryParse(first, out var hop) ? hop.Uri : Target;
}

/// <summary>Where an address leads: rounds of routes, those of one round rung together, and each round after the one before.</summary>
internal sealed record DialPlan(IReadOnlyList<IReadOnlyList<DialRoute>> Rounds)
{
    /// <summary>What is rung first.</summary>
    public DialRoute? First => Rounds.SelectMany(static round => round).FirstOrDefault();

    /// <summary>The same without the routes over which keys could be read.</summary>
    public DialPlan OverTlsAlone()
    {
        var rounds = Rounds.Select(static round => (IReadOnlyList<DialRoute>)[.. round.Where(static route => route.IsOverTls)]).Where(static round => round.Count > 0).ToList();
        return rounds.Count > 0 || First is null
            ? this with { Rounds = rounds }
            : this with { Rounds = [], Impossible = "its voice must be protected, and it is not reached over TLS" };
    }

    /// <summary>Why there is no way to it now; it may come.</summary>
    public string? Absent { get; init; }

    /// <summary>Why there can never be one.</summary>
    public string? Impossible { get; init; }
}
