using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Answers a single challenge that nothing came before.</summary>
internal static class DigestClient
{
    /// <summary>The header fields that answer a 401 or 407; none when no challenge can be answered.</summary>
    public static List<SipHeader> Answer(SipResponse challenge, string method, SipUri uri, DigestCredentials credentials, Func<string> cnonce)
    {
        var session = new DigestSession(credentials, new DigestSpace(), cnonce);
        return session.TryTake(challenge) ? session.Answer(method, uri) : [];
    }
}
