using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Interop.Hub.Contracts;

namespace Interop.Bridges.WebRtc;

/// <summary>The relays of one browser.</summary>
/// <param name="Servers">What its page gives to its connection.</param>
/// <param name="RelayOnly">Whether it may send through them alone.</param>
public sealed record BrowserRelays(IReadOnlyList<RelayServer> Servers, bool RelayOnly);

/// <summary>TURN servers with the credentials of one browser.</summary>
public sealed record RelayServer(IReadOnlyList<string> Urls, string Username, string Credential)
{
    /// <summary>Without the credential, which must be in no log.</summary>
    public override string ToString() => $"{string.Join(' ', Urls)} as {Username}";
}

/// <summary>Lets browsers in at the TURN servers.</summary>
/// <remarks>
/// With a shared secret each gets a password of its own that ends (draft-uberti-behave-turn-rest-00 §2.2, coturn's
/// <c>use-auth-secret</c>): what a page gives away is of no use to a stranger the next day. SHA-1 is that protocol's.
/// </remarks>
public sealed class Relays(RelayOptions options, TimeProvider time)
{
    /// <summary>The longest shift; a page that connects anew asks anew.</summary>
    private static readonly TimeSpan s_life = TimeSpan.FromHours(12);

    /// <summary>The relays for somebody who talks or listens from a browser.</summary>
    public Outcome<BrowserRelays> For(Actor actor)
    {
        if (actor.Role < Role.Member)
            return new Refusal(RefusalKind.Denied, "voice.relays", "Relays are for people who talk from a browser.");
        if (options.Uris.Count == 0)
            return new BrowserRelays([], false);
        try
        {
            var secret = FirstLine(options.SecretFile ?? options.PasswordFile!);
            if (secret.Length == 0)
                return new Refusal(RefusalKind.Unavailable, "voice.relays", "The first line of the secret of the hub's relays is empty: Turn:SecretFile or Turn:PasswordFile.");
            var (user, password) = options.SecretFile is null ? (options.User!, secret) : OfSecret(actor, secret);
            return new BrowserRelays([new RelayServer(options.Uris, user, password)], options.Only);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Unavailable, "voice.relays", "The hub cannot read the secret of its relays: Turn:SecretFile or Turn:PasswordFile.");
        }
    }

    private (string User, string Password) OfSecret(Actor actor, string secret)
    {
        var until = (time.GetUtcNow() + s_life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        // The agency and not the person: it stands in the logs of whoever keeps the server.
        var user = $"{until}:{actor.Agency.Value}";
#pragma warning disable CA5350 // What TURN servers compute; a password for hours, keyed.
        return (user, Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user))));
#pragma warning restore CA5350
    }

    private static string FirstLine(string path) => File.ReadLines(path).FirstOrDefault("").Trim();
}
