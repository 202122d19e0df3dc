namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>Who sends on a stream, as the describing side sees it.</summary>
public enum MediaDirection
{
    /// <summary>Both sides.</summary>
    SendRecv,

    /// <summary>The describing side only.</summary>
    SendOnly,

    /// <summary>The other side only.</summary>
    RecvOnly,

    /// <summary>Nobody: held by both.</summary>
    Inactive,
}

/// <summary>What directions say to each other (RFC 3264 section 6.1).</summary>
public static class MediaDirections
{
    /// <summary>Whether the describing side sends.</summary>
    public static bool Sends(this MediaDirection direction) => direction is MediaDirection.SendRecv or MediaDirection.SendOnly;

    /// <summary>Whether the describing side receives.</summary>
    public static bool Receives(this MediaDirection direction) => direction is MediaDirection.SendRecv or MediaDirection.RecvOnly;

    /// <summary>The direction that answers an offer, when the answerer is willing to go as far as given.</summary>
    public static MediaDirection Answer(MediaDirection offered, MediaDirection willing) => From(
        sends: offered.Receives() && willing.Sends(),
        receives: offered.Sends() && willing.Receives());

    internal static MediaDirection From(bool sends, bool receives) => (sends, receives) switch
    {
        (true, true) => MediaDirection.SendRecv,
        (true, false) => MediaDirection.SendOnly,
        (false, true) => MediaDirection.RecvOnly,
        _ => MediaDirection.Inactive,
    };

    internal static string Attribute(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendRecv => "sendrecv",
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.RecvOnly => "recvonly",
        MediaDirection.Inactive => "inactive",
    };

    internal static MediaDirection? Parse(string attribute) => attribute switch
    {
        "sendrecv" => MediaDirection.SendRecv,
        "sendonly" => MediaDirection.SendOnly,
        "recvonly" => MediaDirection.RecvOnly,
        "inactive" => MediaDirection.Inactive,
        _ => null,
    };
}
