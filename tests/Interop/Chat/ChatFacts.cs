using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Chat;

public sealed class ChatLab() : LabFixture("chat");

/// <summary>A line of the console reaches the phones as MESSAGE, and a phone's MESSAGE reaches the console.</summary>
public sealed class ChatFacts(ChatLab lab) : IClassFixture<ChatLab>
{
    [Fact]
    public async Task A_line_of_the_console_reaches_a_phone_in_the_room_and_its_answer_comes_back_with_its_sender()
    {
        var phone = await lab.Scripted(
            "chatting", Scripts.Chatting("Stage at Albany and Garden", "Copy, staging"), new SippPlan("4201"));
        await lab.Hpd.LegOf("4201", "engine7", "up");

        await lab.Hpd.Do("/api/rooms/4201/chat", new { text = "Stage at Albany and Garden" });
        await phone.Succeeded(2 * Until.Soon);

        var line = await Line("4201", "Copy, staging");
        Assert.Contains("Engine 7", line.GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.Equal("sip", line.GetProperty("via").GetString());
        Assert.Contains("Stage at Albany and Garden", phone.Messages, StringComparison.Ordinal);
        Assert.Empty((await Line("4201", "Stage at Albany and Garden")).GetProperty("undelivered").EnumerateArray());
    }

    [Fact]
    public async Task A_softphone_in_the_room_shows_the_consoles_line_and_its_own_comes_into_the_room()
    {
        var phone = await lab.Linphone(new PhonePlan("writes", LabFixture.Tone(700), Proxy: lab.Hub.SipAddress));
        await phone.Call(lab.Hub.Sip("4203"));
        await lab.Hpd.LegOf("4203", "writes", "up");

        await lab.Hpd.Do("/api/rooms/4203/chat", new { text = "Enter from Albany only" });
        await Until.True("the phone to show the line", () => phone.Printed("Enter from Albany only"));
        await phone.Write(lab.Hub.Sip("4203"), "Copy, from Albany");

        var line = await Line("4203", "Copy, from Albany");
        Assert.Contains("writes", line.GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.Equal("sip", line.GetProperty("via").GetString());
        Assert.Empty((await Line("4203", "Enter from Albany only")).GetProperty("undelivered").EnumerateArray());
    }

    [Fact]
    public async Task A_phone_of_another_make_shows_the_line_too_and_writes_back()
    {
        var phone = await lab.Phone(new PhonePlan("types", LabFixture.Tone(700)) { WritesTo = lab.Hub.Sip("4202") });
        await phone.Call(lab.Hub.Sip("4202"));
        await lab.Hpd.LegOf("4202", "types", "up");

        await lab.Hpd.Do("/api/rooms/4202/chat", new { text = "Hold at the gate" });
        await Until.True("the phone to show the line", () => phone.Printed("Hold at the gate"), context: () => phone.Tail);
        await phone.Write("Copy, holding");

        var line = await Line("4202", "Copy, holding");
        Assert.Contains("types", line.GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.Equal("sip", line.GetProperty("via").GetString());
        Assert.Empty((await Line("4202", "Hold at the gate")).GetProperty("undelivered").EnumerateArray());
    }

    [Fact]
    public async Task A_line_of_one_dispatcher_is_in_the_room_once_however_often_its_command_is_sent()
    {
        using var api = new HubApi(lab.Hub.Console, LabProvisioning.HpdToken, idempotencyKey: "once");

        await api.Do("/api/rooms/4202/chat", new { text = "Once" });
        await api.Do("/api/rooms/4202/chat", new { text = "Once" });

        var chat = (await lab.Hpd.Room("4202")).GetProperty("chat").EnumerateArray();
        Assert.Single(chat, line => line.GetProperty("text").GetString() == "Once");
    }

    private async Task<JsonElement> Line(string room, string text) => (JsonElement)await Until.Found(
        $"the line \"{text}\" in room {room}",
        async () => (await lab.Hpd.Room(room)).GetProperty("chat").EnumerateArray()
            .Where(line => line.GetProperty("text").GetString() == text).Select(line => (object)line).FirstOrDefault());
}
