namespace Interop.Hub.Domain;

/// <summary>How much of anything the hub takes; beyond it a command is refused with the field named.</summary>
internal static class Limits
{
    public const int TitleLength = 200;
    public const int TypeLength = 40;
    public const int NameLength = 200;
    public const int GuestNameLength = 80;
    public const int TextLength = 4_000;
    public const int ReasonLength = 500;
    public const int PlaceLength = 300;
    public const int UrlLength = 2_000;
    public const int SipUriLength = 512;
    public const int SlugLength = 64;
    public const int CredentialLength = 160;
    public const int LanguageLength = 12;
    public const int PatternLength = 200;

    /// <summary>Invitations of one room that wait or are accepted.</summary>
    public const int Invites = 100;

    /// <summary>Names to which one invitation may pass.</summary>
    public const int NextNames = 20;

    /// <summary>Links of one room that can be followed.</summary>
    public const int Links = 50;

    /// <summary>Guests that are in one room.</summary>
    public const int Guests = 100;

    /// <summary>How many may answer by one link.</summary>
    public const int LinkUses = 100;

    /// <summary>Legs of one room that are not gone.</summary>
    public const int Legs = 500;

    /// <summary>How much louder or quieter a leg may be made, in dB: what the voice engine does.</summary>
    public const int LegGain = 20;

    /// <summary>Resources lent into one room at once.</summary>
    public const int Shares = 500;

    public const int Admits = 100;
    public const int Videos = 50;

    // A room can stand for years: what is over is kept in the journal for good, and in memory only so far back.
    public const int OverLegsShown = 200;
    public const int OverInvitesShown = 100;
    public const int OverLinksShown = 50;
    public const int OverGuestsShown = 100;
    public const int ChatLinesShown = 500;
    public const int AlertsShown = 100;

    /// <summary>Recorded segments that one entry of the journal tells of.</summary>
    public const int SegmentsAtOnce = 200;

    /// <summary>The longest that a recording is kept without a hold.</summary>
    public const int MostKeepDays = 36_500;

    /// <summary>Entries of one agency's directory.</summary>
    public const int DirectoryEntries = 10_000;

    /// <summary>Places where one phone is registered at once.</summary>
    public const int BindingsOfAPhone = 10;

    /// <summary>Alerts of one agency that the desk lists and whose updates it follows.</summary>
    public const int AlertsKept = 1_000;

    /// <summary>Alert ids by which a desk knows a duplicate.</summary>
    public const int AlertIdsKept = 20_000;

    /// <summary>How long an invitation waits when nobody said otherwise: over a shift.</summary>
    public static readonly TimeSpan InvitePatience = TimeSpan.FromHours(12);

    /// <summary>How long it waits when another name comes after.</summary>
    public static readonly TimeSpan NamePatience = TimeSpan.FromMinutes(2);

    /// <summary>The shortest that anybody is waited for: less than a phone takes to be answered asks nobody.</summary>
    public static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(15);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromDays(7);

    /// <summary>How long before a membership ends it is warned; nobody is cut off with less.</summary>
    public static readonly TimeSpan EndingWarning = TimeSpan.FromMinutes(5);

    /// <summary>How long a link can be followed when nobody said otherwise.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(4);

    /// <summary>The shortest life of a link.</summary>
    public static readonly TimeSpan LeastLinkLife = TimeSpan.FromMinutes(1);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan MostLinkLife = TimeSpan.FromDays(30);
    /// <summary>After how many minutes without anybody of the holder's agency a room with connections warns, unless it is told otherwise.</summary>
    public const int UnattendedMinutes = 30;

    public const int LeastUnattendedMinutes = 1;
    public const int MostUnattendedMinutes = 1_440;

    /// <summary>How long a warning waits for its holder before it goes on to the next in command.</summary>
    public static readonly TimeSpan TimeToEscalate = TimeSpan.FromMinutes(5);

    /// <summary>How long a closing can be taken back.</summary>
    public static readonly TimeSpan TimeToUndoClosing = TimeSpan.FromSeconds(10);
}
