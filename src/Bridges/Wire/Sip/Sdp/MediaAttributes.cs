using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>The typed attributes of a section; those that may stand for the whole session are also looked for there.</summary>
public static class MediaAttributes
{
    /// <summary>Every readable a=crypto line, in the sender's order of preference.</summary>
    public static IReadOnlyList<SdpCrypto> Cryptos(this MediaDescription media) =>
        Read(media.Attributes, SdpCrypto.AttributeName, static (string value, out SdpCrypto crypto) => SdpCrypto.TryParse(value, out crypto));

    /// <summary>Every readable ICE candidate.</summary>
    public static IReadOnlyList<IceCandidate> Candidates(this MediaDescription media) =>
        Read(media.Attributes, "candidate", static (string value, out IceCandidate candidate) => IceCandidate.TryParse(value, out candidate));

    /// <summary>Every readable fingerprint, the section's or else the session's.</summary>
    public static IReadOnlyList<SdpFingerprint> FingerprintsOf(this SessionDescription session, MediaDescription media)
    {
        var own = Fingerprints(media.Attributes);
        return own.Count > 0 ? own : Fingerprints(session.Attributes);
    }

    /// <summary>The ICE user fragment and password, the section's or else the session's; null when one of them is missing.</summary>
    public static (string Fragment, string Password)? IceOf(this SessionDescription session, MediaDescription media) =>
        session.AttributeOf(media, "ice-ufrag") is { Length: > 0 } fragment && session.AttributeOf(media, "ice-pwd") is { Length: > 0 } password
            ? (fragment, password) : null;

    /// <summary>Whether the describing side is a lite implementation of ICE, which only answers checks.</summary>
    public static bool IsIceLite(this SessionDescription session) => First(session.Attributes, "ice-lite") is not null;

    /// <summary>The words of ice-options, the section's or else the session's.</summary>
    public static IReadOnlyList<string> IceOptionsOf(this SessionDescription session, MediaDescription media) =>
        session.AttributeOf(media, "ice-options")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Who opens the DTLS association; null when nothing readable says it.</summary>
    public static DtlsSetup? SetupOf(this SessionDescription session, MediaDescription media) => session.AttributeOf(media, "setup") switch
    {
        "active" => DtlsSetup.Active,
        "passive" => DtlsSetup.Passive,
        "actpass" => DtlsSetup.ActPass,
        "holdconn" => DtlsSetup.HoldConn,
        _ => null,
    };

    /// <summary>The port, and the address when one is named, that RTCP goes to instead of the next port (RFC 3605).</summary>
    public static (int Port, SdpConnection? Address)? Rtcp(this MediaDescription media)
    {
        if (media.Attribute("rtcp") is not { } value) return null;
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        if (!HeaderLexer.TryNumber(space < 0 ? value : value.AsSpan(0, space), ushort.MaxValue, out var port)) return null;
        if (space < 0) return ((int)port, null);
        return SdpConnection.TryParse(value.AsSpan(space), out var address) ? ((int)port, address) : null;
    }

    /// <summary>Whether RTCP shares the port of RTP (RFC 5761).</summary>
    public static bool HasRtcpMux(this MediaDescription media) => media.Attribute("rtcp-mux") is not null;

    /// <summary>The name of the section, by which groups mean it (RFC 5888).</summary>
    public static string? Mid(this MediaDescription media) => media.Attribute("mid");

    /// <summary>The label of the stream (RFC 4574).</summary>
    public static string? Label(this MediaDescription media) => media.Attribute("label");

    /// <summary>The longest packet that the describing side takes, in milliseconds.</summary>
    public static int? MaxPacketTime(this MediaDescription media) =>
        HeaderLexer.TryNumber(media.Attribute("maxptime"), 1000, out var milliseconds) && milliseconds > 0 ? (int)milliseconds : null;

    /// <summary>How much sound the packets to the describing side hold, in milliseconds: what it likes if that is 10 to 60, else 20.</summary>
    /// <remarks>What it likes (a=ptime) is a wish, and what it takes at most (a=maxptime) is not (RFC 8866 sections 6.4, 6.5).</remarks>
    public static int SendingPacketTime(this MediaDescription media)
    {
        var liked = media.PacketTime is >= 10 and <= 60 and var said && said % 10 == 0 ? said : AudioOffer.UsualPacketTime;
        return media.MaxPacketTime() is { } longest && longest < liked ? Math.Max(10, longest / 10 * 10) : liked;
    }

    /// <summary>The sources that the describing side announces, each once (RFC 5576).</summary>
    public static IReadOnlyList<uint> Ssrcs(this MediaDescription media)
    {
        var found = new List<uint>();
        foreach (var (name, value) in media.Attributes)
        {
            if (name != "ssrc" || value is null) continue;
            var space = value.IndexOf(' ', StringComparison.Ordinal);
            if (HeaderLexer.TryNumber(space < 0 ? value : value.AsSpan(0, space), uint.MaxValue, out var ssrc) && !found.Contains(ssrc)) found.Add(ssrc);
        }

        return found;
    }

    /// <summary>The mids of each group of these semantics, such as BUNDLE (RFC 5888, RFC 9143).</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Groups(this SessionDescription session, string semantics)
    {
        var found = new List<IReadOnlyList<string>>();
        foreach (var (name, value) in session.Attributes)
        {
            if (name != "group" || value is null) continue;
            var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0] == semantics) found.Add(words[1..]);
        }

        return found;
    }

    /// <summary>The value of an attribute, the section's or else the session's; empty for one without a value, null for none.</summary>
    public static string? AttributeOf(this SessionDescription session, MediaDescription media, string name) =>
        media.Attribute(name) ?? First(session.Attributes, name);

    private static List<SdpFingerprint> Fingerprints(IReadOnlyList<SdpAttribute> attributes) =>
        Read(attributes, "fingerprint", static (string value, out SdpFingerprint print) => SdpFingerprint.TryParse(value, out print));

    private static string? First(IReadOnlyList<SdpAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal)) return attribute.Value ?? "";
        }

        return null;
    }

    private static List<T> Read<T>(IReadOnlyList<SdpAttribute> attributes, string name, TryRead<T> read)
    {
        var found = new List<T>();
        foreach (var attribute in attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal) && attribute.Value is { } value && read(value, out var item)) found.Add(item);
        }

        return found;
    }

    private delegate bool TryRead<T>(string value, out T item);
}
