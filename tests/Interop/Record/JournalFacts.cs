using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;

namespace Interop.Tests.Interop.Record;

/// <summary>Every change is in the record, and the record shows when somebody touched it.</summary>
public sealed class JournalFacts
{
    [Fact]
    public async Task The_journal_of_a_room_names_time_and_actor_and_each_entry_carries_the_hash_before()
    {
        await using var hub = await HubProcess.Start(new Workplace("journal-chain"), LabProvisioning.Text());
        using var api = new HubApi(hub.Console, LabProvisioning.HpdToken);
        await api.Do("/api/rooms/4201/chat", new { text = "First" });
        await api.Do("/api/rooms/4201/invites", new { agency = "ctic" });

        var entries = (await api.Get("/api/rooms/4201/journal")).Body.EnumerateArray().ToList();

        Assert.True(entries.Count >= 3, $"Opened, said and invited make three entries, and there are {entries.Count}.");
        var previous = new string('0', 64);
        foreach (var entry in entries)
        {
            Assert.Equal(previous, entry.GetProperty("previousHash").GetString());
            Assert.True(entry.GetProperty("time").TryGetDateTimeOffset(out _));
            Assert.NotEmpty(entry.GetProperty("actor").GetProperty("name").GetString()!);
            previous = entry.GetProperty("hash").GetString()!;
        }
    }

    [Fact]
    public async Task A_sound_journal_verifies_and_of_a_tampered_one_the_first_broken_entry_is_named()
    {
        await using var hub = await HubProcess.Start(new Workplace("journal-tampered"), LabProvisioning.Text());
        using var api = new HubApi(hub.Console, LabProvisioning.HpdToken);
        await api.Do("/api/rooms/4201/chat", new { text = "The suspect wears a red jacket" });
        await api.Do("/api/rooms/4201/chat", new { text = "Copy" });
        var version = (await api.Get("/api/rooms/4201/journal")).Body.EnumerateArray()
            .First(entry => entry.GetRawText().Contains("red jacket", StringComparison.Ordinal)).GetProperty("version").GetInt64();
        var sound = await hub.Command("journal", "verify");
        await hub.Stop();

        var changed = Tamper(hub.DataDirectory, "a red jacket"u8, "a tan jacket"u8);
        var broken = await hub.Command("journal", "verify");

        Assert.True(sound.Code == 0, sound.Printed);
        Assert.True(changed > 0, "The line is nowhere in the data directory, so nothing was tampered with.");
        Assert.NotEqual(0, broken.Code);
        Assert.Contains("room/4201", broken.Printed, StringComparison.Ordinal);
        Assert.Matches($@"\b{version}\b", broken.Printed);
    }

    /// <summary>Puts other bytes in place of some, wherever they are in the journal's files; gives how often.</summary>
    private static int Tamper(string directory, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> others)
    {
        var changed = 0;
        foreach (var path in Directory.EnumerateFiles(directory, "*.db*", SearchOption.AllDirectories))
        {
            var file = File.ReadAllBytes(path);
            for (var at = file.AsSpan().IndexOf(bytes); at >= 0; at = file.AsSpan().IndexOf(bytes))
            {
                others.CopyTo(file.AsSpan(at));
                changed++;
            }

            File.WriteAllBytes(path, file);
        }

        return changed;
    }
}
