using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>Digest as the client speaks it, for a single challenge that nothing came before.</summary>
internal static class DigestClient
{
    /// <summary>The header fields that answer a 401 or 407; none when no challenge can be answered.</summary>
    public static List<SipHeader> Answer(SipResponse challenge, string method, SipUri uri, DigestCredentials credentials, Func<string> cnonce)
    {
        var session = new DigestSession(credentials, cnonce);
        return session.TryTake(challenge) ? session.Answer(method, uri) : [];
    }
}
