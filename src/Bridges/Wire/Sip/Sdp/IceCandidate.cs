using System.Globalization;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>A transport address that a peer may be reached at (RFC 8839 section 5.1).</summary>
/// <param name="Component">1 for RTP, 2 for RTCP.</param>
/// <param name="Transport">In lower case.</param>
/// <param name="Address">A literal, or a name as browsers write to hide theirs.</param>
/// <param name="Type">host, srflx, prflx or relay.</param>
/// <param name="Extensions">What follows the type, as written: related address, generation and others.</param>
public sealed record IceCandidate(
    string Foundation, int Component, string Transport, uint Priority, string Address, int Port, string Type, string Extensions = "")
{
    /// <summary>Reads a value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IceCandidate candidate)
    {
        candidate = null!;
        var words = text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 8 || words[6] != "typ" || words[0].Length > 32) return false;
        if (!HeaderLexer.TryNumber(words[1], 256, out var component) || component == 0) return false;
        if (!HeaderLexer.TryNumber(words[3], uint.MaxValue, out var priority) || !HeaderLexer.TryNumber(words[5], ushort.MaxValue, out var port)) return false;
        candidate = new IceCandidate(
            words[0], (int)component, words[2].ToLowerInvariant(), priority, words[4], (int)port, words[7], string.Join(' ', words[8..]));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Foundation} {Component} {Transport} {Priority} {Address} {Port} typ {Type}{(Extensions.Length == 0 ? "" : " ")}{Extensions}");
}
