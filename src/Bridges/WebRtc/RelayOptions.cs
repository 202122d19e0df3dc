namespace Interop.Bridges.WebRtc;

/// <summary>The TURN servers (RFC 8656) of browsers that reach the hub no other way, and how they are let in there.</summary>
/// <remarks>The files are read when a browser asks, so that a secret is changed without a restart. No record: it would be printed.</remarks>
public sealed class RelayOptions
{
    /// <summary>Where they are (RFC 7065); none serves no relay.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>A file whose first line is the secret that the servers and the hub share, from which each browser gets a password for hours.</summary>
    public string? SecretFile { get; init; }

    /// <summary>A user of the servers for all browsers, where they share no secret.</summary>
    public string? User { get; init; }

    /// <summary>A file whose first line is that user's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Whether browsers send through the relay alone, as in a network that lets nothing else out.</summary>
    public bool Only { get; init; }
}
