using System.Text;
using System.Text.RegularExpressions;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Held;

public sealed class SecuredKilledLab() : LabFixture("secured-killed");

/// <summary>The hub is killed in the middle of protected calls: they come back under new keys, and no key lies in its files.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class SecuredKilledFacts(SecuredKilledLab lab) : IClassFixture<SecuredKilledLab>
{
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Protected_calls_come_back_protected_and_are_heard()
    {
        var listener = await lab.Phone("listens", 400);
        var caller = await lab.Linphone(new PhonePlan("calls-protected", LabFixture.Tone(700)) { Secures = "srtp-mand" });
        var called = await lab.Linphone(new PhonePlan("called-protected", LabFixture.Tone(1_000)) { Secures = "srtp-mand" });
        await listener.Call(lab.Hub.Sip("4201"));
        await caller.Call(lab.Hub.Sip("4201"));
        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = called.Uri });
        await called.Answered();
        await Until.True("both to be heard", () => Hears(listener, 700) && Hears(listener, 1_000));
        Assert.Empty(KeysIn(lab.Hub.DataDirectory));

        await lab.Hub.Kill();
        await lab.Hub.StartAgain();
        foreach (var party in new[] { "calls-protected", "called-protected" })
            await lab.Hpd.Leg("4201", $"{party} to be back and protected", leg =>
                leg.GetProperty("party").GetRawText().Contains(party, StringComparison.Ordinal)
                && leg.GetProperty("status").GetString() == "up" && leg.GetProperty("security").GetString() is not null, Return);
        await lab.Hpd.LegOf("4201", "listens", "up", Return);
        await Until.True("both to be heard again", () => Hears(listener, 700) && Hears(listener, 1_000), context: () => lab.Hub.Tail);
        await Until.Elapsed(2 * Second);

        Assert.Equal((1, 1), (caller.Calls, called.Calls));
        Assert.Equal(1, listener.Calls);
        Assert.True(Hears(listener, 700) && Hears(listener, 1_000));
        Assert.Empty(KeysIn(lab.Hub.DataDirectory));
        await caller.HangUp();
        await called.HangUp();
        Ear.Hears(caller.Heard().Last(Second), 400, 0.9 * Second, "The protected caller, after the return,");
        Ear.Hears(called.Heard().Last(Second), 400, 0.9 * Second, "The protected phone that was called, after the return,");
    }

    [Fact]
    public async Task A_phone_that_answers_new_keys_and_goes_on_with_its_first_is_called_anew_and_heard_again()
    {
        var listener = await lab.Phone("listens-on", 400);
        // baresip 1.0 does so, whatever it answers.
        var keeper = await lab.Phone(new PhonePlan("keeps-its-key", LabFixture.Tone(700)) { Secures = "srtp-mand" });
        await listener.Call(lab.Hub.Sip("4202"));
        await keeper.Call(lab.Hub.Sip("4202"));
        await Until.True("the phone to be heard", () => Hears(listener, 700));

        await lab.Hub.Kill();
        await lab.Hub.StartAgain();
        await keeper.Answered(calls: 2, limit: Return);
        await lab.Hpd.LegOf("4202", "keeps-its-key", "up", Return);
        await lab.Hpd.LegOf("4202", "listens-on", "up", Return);
        await Until.True("the phone to be heard again", () => Hears(listener, 700), Return, () => lab.Hub.Tail);
        await Until.Elapsed(5 * Second);

        Assert.Equal((2, 1), (keeper.Calls, listener.Calls));
        Assert.True(Hears(listener, 700));
        Ear.Hears(keeper.Heard().Last(Second), 400, 0.9 * Second, "The phone that was called anew");
        var record = await lab.Hpd.GetText("/api/rooms/4202/journal");
        Assert.Single(Anew().Matches(record));
    }

    private static bool Hears(Baresip listener, double hertz) => listener.Heard().Last(Second).Measure(hertz).Present > 0.8 * Second;

    /// <summary>Whatever in the hub's files looks like a key of SDES.</summary>
    private static string[] KeysIn(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && Path.GetFileName(file) != "lock")
            .SelectMany(file => Key().Matches(Read(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")),
    ];

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("keys of before", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Anew();

    [GeneratedRegex("inline:[A-Za-z0-9+/]{8}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Key();
}
