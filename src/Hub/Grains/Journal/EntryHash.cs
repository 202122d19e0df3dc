using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Grains.Journal;

/// <summary>The hash of an entry, which chains it to the one before (docs/journal.md).</summary>
internal static class EntryHash
{
    /// <summary>The previous hash of a stream's first entry.</summary>
    public static readonly string None = new('0', 64);

    /// <summary>SHA-256 over the entry's fields, lower-case hex; the entry's own hash is not read.</summary>
    public static string Of(JournalEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in Fields(entry))
            Add(hash, field);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A time as stored and hashed: ISO 8601 with seven digits of a second and the offset.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Fields(JournalEntry entry) =>
    [
        "interop-journal-1",
        entry.PreviousHash,
        entry.Stream,
        entry.Version.ToString(CultureInfo.InvariantCulture),
        entry.Epoch.ToString(CultureInfo.InvariantCulture),
        Time(entry.Time),
        entry.Actor.Kind.ToString(),
        entry.Actor.Agency.Value,
        entry.Actor.Name,
        entry.Actor.Role.ToString(),
        entry.Command,
        entry.Type,
        entry.Data,
    ];

    /// <summary>Each field goes in behind its length, so that no two entries have the same bytes.</summary>
    private static void Add(IncrementalHash hash, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(field);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
