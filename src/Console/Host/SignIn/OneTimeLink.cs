using Interop.Hub.Contracts.Ids;

namespace Interop.Console.Host.SignIn;

/// <summary>A link that works once: the first administrator's, or a new person's.</summary>
internal sealed class OneTimeLink
{
    /// <summary>The purpose of the link that creates the first administrator.</summary>
    public const string Setup = "setup";

    /// <summary>The purpose of a link with which a person chooses a password.</summary>
    public const string Welcome = "welcome";

    /// <summary>SHA-256 of the token, lowercase hex; the token itself is only ever in the link.</summary>
    public required string TokenHash { get; init; }

    public required string Purpose { get; init; }

    public required string Agency { get; init; }

    public required string Person { get; init; }

    /// <summary>Seconds since 1970, UTC: SQLite compares numbers, not offsets.</summary>
    public required long ExpiresAt { get; init; }

    public AgencyId AgencyId => new(Agency);
}
