using System.Globalization;
using Interop.Bridges.Wire.Sip.Sdp;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Keeps SRTP keys out of the store: a description is stored with the names of its suites alone.</summary>
/// <remarks>
/// Who goes on with a stored dialog has new keys of its own, which the next description that it sends tells the phone, and gets
/// the phone's with the answer. Used again, the old ones would encrypt a stream that is numbered anew with the same keystream.
/// </remarks>
internal static class StoredKeys
{
    private const string Line = "a=" + SdpCrypto.AttributeName + ":";
    private const string Nothing = "inline:-";

    /// <summary>The description without its keys.</summary>
    public static string? Withhold(string? description) => Each(description, static (tag, suite) => $"{tag} {suite} {Nothing}");

    /// <summary>A description of ours that was stored, with keys that were never used.</summary>
    public static string? Renew(string? description) => Each(description, static (tag, suite) =>
        RoomSdp.Suites.FirstOrDefault(known => known.Name == suite)?.NewKey(tag).ToAttribute().Value ?? $"{tag} {suite} {Nothing}");

    private static string? Each(string? description, Func<uint, string, string> write)
    {
        if (description?.Contains(Line, StringComparison.Ordinal) != true)
            return description;
        var lines = description.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Line, StringComparison.Ordinal))
                continue;
            // Whatever the line is worth as SDP, nothing of it is kept but its first two words.
            var words = lines[i][Line.Length..].Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            var tag = words.Length > 0 && uint.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            lines[i] = Line + write(tag, words.Length > 1 ? words[1] : "unknown") + "\r";
        }

        return string.Join('\n', lines);
    }
}
