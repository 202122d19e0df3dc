using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Interop.Hub.Contracts.Ids;
using Microsoft.EntityFrameworkCore;

namespace Interop.Console.Host.SignIn;

/// <summary>Makes and spends one-time links.</summary>
internal sealed class OneTimeLinks(CredentialDb db, TimeProvider time)
{
    private const int TokenBytes = 32;

    /// <summary>Makes a link's token; an older one for the same purpose and person stops working.</summary>
    public async Task<string> Issue(string purpose, AgencyId agency, string person, CancellationToken cancel)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await db.Links
            .Where(link => link.Purpose == purpose && link.Agency == agency.Value && link.Person == person)
            .ExecuteDeleteAsync(cancel);
        await Store(new OneTimeLink
        {
            TokenHash = Hash(token),
            Purpose = purpose,
            Agency = agency.Value,
            Person = person,
            ExpiresAt = (time.GetUtcNow() + SignInOptions.LinkLife).ToUnixTimeSeconds(),
        }, cancel);
        return token;
    }

    /// <summary>Takes a token out of use and says what it stood for; null when it stands for nothing.</summary>
    /// <remarks>Of two that spend one token at once, the row goes to one only.</remarks>
    public async Task<OneTimeLink?> Spend(string purpose, string token, CancellationToken cancel)
    {
        var hash = Hash(token);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var link = await db.Links.AsNoTracking()
            .SingleOrDefaultAsync(row => row.TokenHash == hash && row.Purpose == purpose && row.ExpiresAt > now, cancel);
        if (link is null)
            return null;
        return await db.Links.Where(row => row.TokenHash == hash).ExecuteDeleteAsync(cancel) == 1 ? link : null;
    }

    /// <summary>Puts a spent link back, when what it was spent for was refused.</summary>
    public async Task Store(OneTimeLink link, CancellationToken cancel)
    {
        db.Links.Add(link);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
