using System.Security.Cryptography;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>The master keys of a leg's two directions, each with its salt behind it. It prints without them.</summary>
/// <remarks>A leg that is opened anew needs new ones of its own side: its numbering starts over, and would repeat keystream.</remarks>
public sealed class SrtpKeys
{
    private readonly byte[] _ours;
    private readonly byte[] _theirs;

    private SrtpKeys(SrtpProfile profile, byte[] ours, byte[] theirs) => (Profile, _ours, _theirs) = (profile, ours, theirs);

    /// <summary>The algorithms of both directions.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>Reads the keys as SDES writes them; null where the suite is unknown or a key is not of its length.</summary>
    /// <remarks>Two sides with one key would encrypt with one keystream, and a packet of ours would pass for theirs: null too.</remarks>
    public static SrtpKeys? Read(string suite, string ours, string theirs)
    {
        if (SrtpProfile.Find(suite) is not { } profile || Octets(ours, profile) is not { } own || Octets(theirs, profile) is not { } far) return null;
        return own.AsSpan().SequenceEqual(far) ? null : new SrtpKeys(profile, own, far);
    }

    /// <summary>Whether both are the same keys for the same algorithms.</summary>
    public bool Same(SrtpKeys other) =>
        Profile == other.Profile && CryptographicOperations.FixedTimeEquals(_ours, other._ours) && CryptographicOperations.FixedTimeEquals(_theirs, other._theirs);

    /// <inheritdoc/>
    public override string ToString() => $"{Profile.Name} (keys withheld)";

    internal SrtpSender MakeSender() => new(Profile, _ours.AsSpan(0, Profile.KeyLength), _ours.AsSpan(Profile.KeyLength));

    internal SrtpReceiver MakeReceiver() => new(Profile, _theirs.AsSpan(0, Profile.KeyLength), _theirs.AsSpan(Profile.KeyLength));

    private static byte[]? Octets(string base64, SrtpProfile profile)
    {
        var octets = new byte[profile.KeyingLength];
        Span<byte> read = stackalloc byte[profile.KeyingLength + 3];
        if (!Convert.TryFromBase64String(base64, read, out var written) || written != octets.Length) return null;
        read[..written].CopyTo(octets);
        CryptographicOperations.ZeroMemory(read);
        return octets;
    }
}
