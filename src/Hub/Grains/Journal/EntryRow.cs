using System.Data.Common;
using System.Globalization;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Grains.Journal;

/// <summary>An entry as the row that it is in any database.</summary>
internal static class EntryRow
{
    public const string Columns =
        "stream, version, epoch, time, actor_kind, actor_agency, actor_name, actor_role, command, type, data, previous_hash, hash";

    /// <summary>Reads an entry from a row of these columns.</summary>
    public static JournalEntry Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        row.GetInt64(2),
        DateTimeOffset.ParseExact(row.GetString(3), "O", CultureInfo.InvariantCulture),
        new Actor(
            Enum.Parse<ActorKind>(row.GetString(4)), new AgencyId(row.GetString(5)), row.GetString(6), Enum.Parse<Role>(row.GetString(7))),
        row.GetString(8),
        row.GetString(9),
        row.GetString(10),
        row.GetString(11),
        row.GetString(12));
}
