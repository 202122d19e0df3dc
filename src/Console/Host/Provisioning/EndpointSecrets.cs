using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads the secret of a SIP phone or of a trunk's registration, as a password that is hashed here or as the hashes of an export.</summary>
internal static class EndpointSecrets
{
    private const int ShortestPassword = 8;

    public static IReadOnlyDictionary<string, string> Read(EntryReader entry, string user) => Read(entry, user, DigestSecret.Realm, DigestSecret.Sha256);

    /// <summary>The same for a secret of another realm, which may have hashes by MD5 alone.</summary>
    public static IReadOnlyDictionary<string, string> ReadForeign(EntryReader entry, string user, string realm) => Read(entry, user, realm, null);

    private static Dictionary<string, string> Read(EntryReader entry, string user, string realm, string? required)
    {
        var password = entry.OptionalText("password", 128);
        var md5 = entry.Flag("md5");
        var hashes = entry.Within("ha1");
        if (password is null == hashes is null)
            entry.Error("password", "give password or ha1, one of the two.");
        if (password is null)
            return hashes is null ? new Dictionary<string, string>() : ReadHashes(hashes, required);
        if (required is not null && password.Length < ShortestPassword)
            entry.Error("password", $"a phone's password has at least {ShortestPassword} characters.");
        var secrets = new Dictionary<string, string> { [DigestSecret.Sha256] = DigestSecret.Ha1(DigestSecret.Sha256, user, realm, password) };
        if (md5)
            secrets[DigestSecret.Md5] = DigestSecret.Ha1(DigestSecret.Md5, user, realm, password);
        return secrets;
    }

    private static Dictionary<string, string> ReadHashes(EntryReader hashes, string? required)
    {
        var secrets = new Dictionary<string, string>();
        if ((required == DigestSecret.Sha256 ? hashes.Text(DigestSecret.Sha256) : hashes.OptionalText(DigestSecret.Sha256)) is { } sha256)
            secrets[DigestSecret.Sha256] = Hash(hashes, DigestSecret.Sha256, sha256, 64);
        if (hashes.OptionalText(DigestSecret.Md5) is { } md5)
            secrets[DigestSecret.Md5] = Hash(hashes, DigestSecret.Md5, md5, 32);
        if (secrets.Count == 0)
            hashes.Error(DigestSecret.Sha256, $"give a hash by {DigestSecret.Sha256} or {DigestSecret.Md5}.");
        hashes.End();
        return secrets;
    }

    private static string Hash(EntryReader hashes, string algorithm, string text, int length)
    {
        if (text.Length > 0 && !(text.Length == length && text.All(char.IsAsciiHexDigitLower)))
            hashes.Error(algorithm, $"must be {length} lowercase hex digits.");
        return text;
    }
}
