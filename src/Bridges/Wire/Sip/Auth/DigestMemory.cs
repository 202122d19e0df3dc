using System.Collections.Concurrent;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>The protection spaces in which this stack answers challenges. Safe from any thread.</summary>
/// <remarks>What is remembered for one host is never shown to another. Forgetting costs one challenge, so a full memory is emptied.</remarks>
internal sealed class DigestMemory(int capacity)
{
    private readonly ConcurrentDictionary<(string User, string? Realm, string Host, int? Port), DigestSpace> _spaces = new();

    public DigestSpace For(DigestCredentials credentials, SipUri uri)
    {
        if (_spaces.Count >= capacity) _spaces.Clear();
        return _spaces.GetOrAdd((credentials.User, credentials.Realm, uri.Host.ToLowerInvariant(), uri.Port), static _ => new DigestSpace());
    }
}
