using System.Globalization;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Grains.Nodes;

/// <summary>What nodes say to each other on the watch's connection, a line each.</summary>
/// <remarks>
/// The one who connects says <c>hello SILO</c> and then <c>ping NUMBER</c>; the other <c>pong NUMBER alive</c> or <c>dead</c>,
/// <c>room CODE EPOCH</c> and <c>left CODE EPOCH</c> for its rooms, and <c>bye</c> before it stops in order.
/// </remarks>
internal static class WatchLine
{
    /// <summary>The longest line; what is longer was said by something else.</summary>
    public const int Longest = 256;

    public const string Bye = "bye";

    public static string Hello(SiloAddress silo) => $"hello {silo.ToParsableString()}";

    public static string Ping(long number) => string.Create(CultureInfo.InvariantCulture, $"ping {number}");

    public static string Pong(long number, bool alive) => string.Create(CultureInfo.InvariantCulture, $"pong {number} {(alive ? "alive" : "dead")}");

    public static string Of(AnchorNews news) => string.Create(CultureInfo.InvariantCulture, $"{(news.Here ? "room" : "left")} {news.Room} {news.Epoch}");

    public static bool TryHello(string line, out SiloAddress? silo)
    {
        silo = null;
        try
        {
            return line.StartsWith("hello ", StringComparison.Ordinal) && (silo = SiloAddress.FromParsableString(line["hello ".Length..])) is not null;
        }
        catch (Exception noAddress) when (noAddress is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    public static bool TryPing(string line, out long number)
    {
        number = 0;
        return line.StartsWith("ping ", StringComparison.Ordinal) && TryNumber(line["ping ".Length..], out number);
    }

    public static bool TryPong(string line, out long number, out bool alive)
    {
        (number, alive) = (0, false);
        if (line.Split(' ') is not ["pong", var text, var standing] || !TryNumber(text, out number))
            return false;
        alive = standing == "alive";
        return alive || standing == "dead";
    }

    public static bool TryNews(string line, out AnchorNews news)
    {
        news = default;
        if (line.Split(' ') is not [var word and ("room" or "left"), var code, var text] || !TryNumber(text, out var epoch))
            return false;
        news = new AnchorNews(new RoomCode(code), epoch, word == "room");
        return true;
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
