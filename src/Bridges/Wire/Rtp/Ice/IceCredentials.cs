using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Ice;

/// <summary>A user name fragment and its password (RFC 8445 §5.3).</summary>
public sealed record IceCredentials(string Ufrag, string Password)
{
    /// <summary>The length of our own fragments: a 64-bit word, so that finding a session by it allocates nothing.</summary>
    public const int OwnUfragLength = 8;

    private const int OwnPasswordLength = 24;

    /// <summary>Draws our own: 48 random bits and 144; RFC 8445 §5.3 wants 24 and 128.</summary>
    public static IceCredentials Create() => new(
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", OwnUfragLength),
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", OwnPasswordLength));

    /// <summary>Whether a far end's are of the length and the letters that RFC 8839 §5.4 has.</summary>
    public bool AreValid => Ufrag.Length is >= 4 and <= 256 && Password.Length is >= 22 and <= 256 && Ufrag.All(IsIceChar) && Password.All(IsIceChar);

    private static bool IsIceChar(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/';
}
