using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Voice;

public sealed class StandingRoomLab() : LabFixture("standing-room");

/// <summary>Real phones dial a standing room, and hear each other and not themselves.</summary>
public sealed class StandingRoomFacts(StandingRoomLab lab) : IClassFixture<StandingRoomLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Heard = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Phones_over_udp_and_tcp_in_both_codecs_hear_each_other_and_not_themselves()
    {
        (Baresip Phone, double Hertz)[] parties =
        [
            (await lab.Phone("udp-pcmu", 400), 400),
            (await lab.Phone("tcp-pcmu", 700, transport: "tcp"), 700),
            (await lab.Phone("udp-pcma", 1_000, "pcma"), 1_000),
        ];
        foreach (var (phone, _) in parties)
            await phone.Call(lab.Hub.Sip("4201"));

        await Until.Elapsed(Talk);
        var heard = await Task.WhenAll(parties.Select(party => party.Phone.Finish()));

        for (var listener = 0; listener < parties.Length; listener++)
        {
            var own = parties[listener].Hertz;
            foreach (var (_, hertz) in parties.Where(party => party.Hertz != own))
            {
                Ear.Hears(heard[listener], hertz, Heard, $"The phone of {own} Hz");
                Ear.DoesNotHear(heard[listener], own, hertz, $"The phone of {own} Hz");
            }
        }
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task A_scripted_phone_with_pcma_alone_is_heard(string transport)
    {
        var listener = await lab.Phone($"listener-{transport}", 400);
        await listener.Call(lab.Hub.Sip("4202"));
        var script = SippScript.Caller()
            .Invite(SippScript.Sdp(format: 8)).MayReceive(100, 180).Receive(200).Ack()
            .Say(format: 8).Wait(Talk).HangUp();
        var talker = await lab.Scripted(
            $"pcma-{transport}", script, new SippPlan("4202", transport, Says: ToneFile.Samples(new Stretch(900, Talk))));

        await talker.Succeeded(Talk + Until.Soon);
        var heard = await listener.Finish();

        Ear.Hears(heard, 900, Heard, "The listener");
    }

    [Fact]
    public async Task The_roster_shows_a_caller_while_it_is_there_and_that_it_left()
    {
        var phone = await lab.Phone("roster", 400);

        await phone.Call(lab.Hub.Sip("4203"));
        var up = await lab.Hpd.LegOf("4203", "roster", "up");
        await phone.HangUp();

        await lab.Hpd.LegOf("4203", "roster", "gone");
        Assert.Equal("trunk:lab", up.GetProperty("party").GetProperty("proof").GetString());
    }
}
