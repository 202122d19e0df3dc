using System.Text;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Media;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class RoomSdpTests
{
    [Theory]
    [InlineData("sendrecv", true, true)]
    [InlineData("sendonly", false, true)]
    [InlineData("recvonly", true, false)]
    [InlineData("inactive", false, false)]
    public void A_far_ends_direction_says_what_it_receives_and_sends(string direction, bool receives, bool sends)
    {
        var farEnd = RoomSdp.FarEnd(Description("192.0.2.7", direction));

        Assert.NotNull(farEnd);
        Assert.Equal((receives, sends), (farEnd.Receives, farEnd.Sends));
        Assert.Equal(("192.0.2.7", 4000), (farEnd.Address, farEnd.Port));
        Assert.Equal([new AudioCodec("PCMA", 8), new AudioCodec("PCMU", 0), new AudioCodec("TELEPHONE-EVENT", 96)], farEnd.Codecs);
    }

    [Fact]
    public void A_far_end_held_by_address_receives_nothing() =>
        Assert.False(RoomSdp.FarEnd(Description("0.0.0.0", "sendrecv"))!.Receives);

    [Fact]
    public void A_far_end_is_sent_the_packet_time_that_its_offer_or_answer_names() =>
        Assert.Equal(40, RoomSdp.FarEnd(Parse("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=ptime:40\r\n"))!.PacketTime);

    [Theory]
    [InlineData("0 13", "0 13")]
    [InlineData("13 8", "8 13")]
    [InlineData("0 8 9 13 101", "9 0 8 13")]
    [InlineData("8 0", "8 0")]
    [InlineData("0", "0")]
    public void Comfort_noise_is_answered_where_it_is_offered(string offered, string answered)
    {
        var offer = Parse($"v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP {offered}\r\n");
        var answer = AudioOffer.Answer(offer, RoomSdp.Capabilities(new MediaPlace("127.0.0.1", 10000, null), 77, 1))!;
        Assert.Equal(answered, string.Join(' ', answer.Media[0].Formats));
    }

    [Fact]
    public void A_bridge_is_offered_pcmu_alone_and_a_phone_comfort_noise_too()
    {
        var place = new MediaPlace("127.0.0.1", 10000, null);
        var formats = AudioOffer.Create(RoomSdp.Capabilities(place, 77, 1)).Media[0].Formats;
        Assert.Equal(["9", "0", "8", "108", "109", "13", "101"], formats.Where(format => format is not ("107" or "100")));
        Assert.Equal(VoiceCodecs.OffersOpus, formats[0] == "107" && formats[^1] == "100");
        Assert.Equal(["0"], AudioOffer.Create(RoomSdp.Capabilities(place, 77, 1, bridge: true)).Media[0].Formats);
    }

    [Fact]
    public void A_description_without_audio_is_no_far_end() =>
        Assert.Null(RoomSdp.FarEnd(Parse("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=video 4000 RTP/AVP 96\r\n")));

    [Fact]
    public void A_call_at_another_place_goes_on_with_its_session()
    {
        var first = AudioOffer.Create(RoomSdp.Capabilities(new MediaPlace("127.0.0.1", 10000, null), 77, 3));

        var moved = RoomSdp.Moved(new MediaPlace("127.0.0.2", 10002, null), first.ToString());

        Assert.Equal((77UL, 4UL, 10002), (moved.SessionId, moved.Version, Assert.Single(moved.Media).Port));
    }

    [Fact]
    public void A_stream_that_was_refused_keeps_its_place_when_the_call_moves()
    {
        var offer = Parse("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n" +
            "m=video 4000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\nm=audio 4002 RTP/AVP 0\r\n");
        var answer = AudioOffer.Answer(offer, RoomSdp.Capabilities(new MediaPlace("127.0.0.1", 10000, null), 77, 3))!;

        var moved = RoomSdp.Moved(new MediaPlace("127.0.0.2", 10002, null), answer.ToString());

        Assert.Equal([("video", 0), ("audio", 10002)], moved.Media.Select(media => (media.Type, media.Port)));
    }

    [Fact]
    public void What_a_phone_offers_while_it_rings_is_answered_with_the_sessions_next_version_and_refused_without_voice()
    {
        var place = new MediaPlace("127.0.0.1", 10000, null);
        var answering = RoomSdp.WhileRinging(place, AudioOffer.Create(RoomSdp.Capabilities(place, 77, 1)), bridge: false, SdpProtection.None);

        var first = answering(Description("192.0.2.7", "sendrecv"));
        var refused = answering(Parse("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=video 4000 RTP/AVP 96\r\n"));
        var second = answering(Description("192.0.2.7", "sendonly"));

        Assert.Null(refused);
        Assert.Equal((77UL, 2UL, 3UL), (first!.SessionId, first.Version, second!.Version));
        Assert.Equal(10000, first.EndPointOf(AudioOffer.Agreed(first)!)!.Port);
    }

    private static SessionDescription Description(string address, string direction) => Parse(
        $"v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0 96\r\n" +
        $"a=rtpmap:96 telephone-event/8000\r\na={direction}\r\n");

    private static SessionDescription Parse(string text)
    {
        Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var description));
        return description;
    }
}
