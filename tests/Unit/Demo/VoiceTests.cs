using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Console.Demo.Speech;
using Xunit;

namespace Interop.Tests.Unit.Demo;

public sealed class VoiceTests : IDisposable
{
    private static readonly SpokenLine s_line = SpokenLine.Load("patrol-1");
    private readonly RtpEndpoint _near = End(1);
    private readonly RtpEndpoint _far = End(2);
    private readonly short[] _frame = new short[AudioFrame.Samples];

    public VoiceTests() => (_near.Remote, _far.Remote) = (_far.Local, _near.Local);

    [Fact]
    public void A_phone_sends_silence_until_it_speaks_and_says_when_it_is_done()
    {
        using var voice = new Voice(_near, Silence.Sent);
        voice.Step();
        Assert.Equal((1, 0), Heard());

        var said = voice.SayAsync(s_line);
        for (var i = 0; i < (s_line.Samples.Length / AudioFrame.Samples) + 1; i++)
            voice.Step();

        Assert.True(said.IsCompleted);
        Assert.True(Heard().Loud > 50);
    }

    [Fact]
    public void A_radio_that_is_not_keyed_sends_nothing()
    {
        using var voice = new Voice(_near, Silence.Kept);
        voice.Step();
        Assert.Equal((0, 0), Heard());
    }

    [Fact]
    public void A_radio_listens_before_it_keys_up()
    {
        using var voice = new Voice(_near, Silence.Kept);
        Array.Fill(_frame, (short)8000);
        _far.Send(_frame);
        voice.Step();
        Assert.Equal(1, voice.LoudFrames);

        _ = voice.SayAsync(s_line);
        for (var i = 0; i < 20; i++)
            voice.Step();
        Assert.Equal(0, Heard().Packets);

        for (var i = 0; i < 30; i++)
            voice.Step();
        Assert.True(Heard().Packets > 0);
    }

    [Fact]
    public void A_voice_that_ends_leaves_nobody_waiting_for_its_line()
    {
        var voice = new Voice(_near, Silence.Sent);
        var said = voice.SayAsync(s_line);
        voice.Dispose();
        voice.Step();
        Assert.True(said.IsCompleted);
        Assert.True(voice.SayAsync(s_line).IsCompleted);
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }

    private (int Packets, int Loud) Heard()
    {
        var (packets, loud) = (0, 0);
        while (_far.TryReceive(_frame, out var samples))
        {
            packets++;
            if (_frame.AsSpan(0, samples).ContainsAnyExceptInRange((short)-500, (short)500))
                loud++;
        }

        return (packets, loud);
    }

    private static RtpEndpoint End(uint ssrc) => new(new IPEndPoint(IPAddress.Loopback, 0), new PayloadFormat(0, RtpFormat.Pcmu), ssrc);
}
