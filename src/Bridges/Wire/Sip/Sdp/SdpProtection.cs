using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>Whether a stream may, or has to, be protected by SRTP with keys in its description (RFC 4568).</summary>
public enum SdpProtection
{
    /// <summary>In the clear only.</summary>
    None,

    /// <summary>Protected when the peer can do that, else in the clear (RFC 8643).</summary>
    Optional,

    /// <summary>Protected, or there is no stream.</summary>
    Required,
}

/// <summary>A crypto-suite that our side has.</summary>
/// <param name="Name">Its name in a=crypto.</param>
/// <param name="KeyLength">Octets of its master key and salt together.</param>
/// <param name="Offered">Whether we offer it; one that is not is taken where nothing stronger is offered.</param>
public sealed record SdpSuite(string Name, int KeyLength, bool Offered = true)
{
    /// <summary>A way to protect a stream by it under a key that was never used.</summary>
    public SdpCrypto NewKey(uint tag) => new(tag, Name, [SdpCrypto.Inline + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength))], []);

    /// <summary>Whether that is this suite, with one key of its length and nothing asked for that we do not do.</summary>
    /// <remarks>
    /// A key identifier (MKI) would stand in each packet. Of the session parameters only the window size is a hint; the others
    /// change what goes over the wire, and one that is not understood makes the line unusable (RFC 4568 section 6.3).
    /// </remarks>
    public bool Fits(SdpCrypto offered) =>
        offered.Suite == Name
        && offered is { KeyParameters: [var key], HasKeyIdentifier: false }
        && offered.SessionParameters.All(static parameter => parameter.StartsWith("WSH=", StringComparison.Ordinal) || parameter.StartsWith('-'))
        && key.Length > 0
        && offered.TryKey(out var octets)
        && octets.Length == KeyLength;
}

/// <summary>What both sides of a stream protect it with.</summary>
/// <param name="Ours">Our own key; what we send is under it.</param>
/// <param name="Theirs">The peer's.</param>
public sealed record AgreedCrypto(SdpCrypto Ours, SdpCrypto Theirs)
{
    /// <summary>What two descriptions of a stream have come to: the line that stands, under one tag, in the offer and in the answer.</summary>
    /// <remarks>A peer that sends our own key back would have both directions share a keystream: that is no agreement.</remarks>
    public static AgreedCrypto? Of(MediaDescription ours, MediaDescription theirs, IReadOnlyList<SdpSuite> suites)
    {
        foreach (var own in ours.Cryptos())
            foreach (var far in theirs.Cryptos())
                if (own.Tag == far.Tag && own.Suite == far.Suite && own.KeyParameters[0] != far.KeyParameters[0] && suites.Any(suite => suite.Fits(own) && suite.Fits(far)))
                    return new AgreedCrypto(own, far);
        return null;
    }
}
