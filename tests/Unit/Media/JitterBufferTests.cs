using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Wire.Rtp;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class JitterBufferTests
{
    private readonly JitterBuffer _buffer = new();
    private readonly short[] _frame = new short[AudioFrame.Samples];
    private readonly List<short> _played = [];
    private readonly byte[] _payload = new byte[JitterBuffer.LongestPayload];
    private TimeSpan _now = TimeSpan.FromSeconds(1);
    private SequenceNumber _sequence = new(65_500);
    private uint _timestamp = uint.MaxValue - 3000;
    private Tone _tone = new(500);

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(128)]
    public void Plays_every_packet_time_without_a_hole_across_the_wrap(int milliseconds)
    {
        // 3 s through 65,535 at the production size of the ring; longer packets wrap the timestamp too.
        Stream(TimeSpan.FromSeconds(3), milliseconds, (_, _) => true);
        Assert.Equal(0, _buffer.Lost);
        Assert.Equal(0, _buffer.Concealed);
        AssertCleanTone(2.5);
    }

    [Fact]
    public void Wraps_twice_without_losing_a_packet()
    {
        Stream(TimeSpan.FromSeconds(20 * 140_000 / 1000), 20, (_, _) => true);
        Assert.Equal(0, _buffer.Lost);
        Assert.Equal(0, _buffer.Concealed);
        Assert.Equal(0, _buffer.Trimmed);
    }

    [Fact]
    public void Puts_reordered_packets_back_in_order()
    {
        // Each second pair swapped, and jitter enough that the depth allows for it.
        var held = new Queue<(RtpHeader, byte[])>();
        for (var i = 0; i < 200; i++)
        {
            var (header, payload) = Next(160);
            if (i % 4 == 1)
            {
                held.Enqueue((header, payload));
            }
            else
            {
                Put(header, payload);
                while (held.TryDequeue(out var late)) Put(late.Item1, late.Item2);
            }

            Pass();
        }

        var before = _buffer.Lost;
        Assert.True(before <= 1, $"the depth should have adapted after the first, but {before} were lost");
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.20)]
    public void Counts_every_loss_and_keeps_pace_through_it(double loss)
    {
        var random = new Random(42);
        var lost = 0;
        Stream(TimeSpan.FromSeconds(60), 20, (_, _) =>
        {
            if (random.NextDouble() >= loss) return true;
            lost++;
            return false;
        });
        Assert.InRange(_buffer.Lost, lost - 3, lost);
        Assert.True(_buffer.Depth <= 3 * AudioFrame.Samples, $"the delay grew to {_buffer.Depth} samples");
        Assert.Equal(0, _buffer.Resyncs);
    }

    [Fact]
    public void Refuses_duplicates_and_what_comes_too_late()
    {
        var first = Next(160);
        Assert.Equal(Placement.Held, Put(first.Header, first.Payload));
        Assert.Equal(Placement.Duplicate, Put(first.Header, first.Payload));
        for (var i = 0; i < 10; i++)
        {
            var packet = Next(160);
            Put(packet.Header, packet.Payload);
            Pass();
        }

        Assert.Equal(Placement.Late, Put(first.Header, first.Payload));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    public void Follows_a_clock_that_drifts_by_200_ppm_for_an_hour_without_a_hole_or_a_click(int partsPerMillion)
    {
        var interval = TimeSpan.FromTicks((long)(AudioFrame.Duration.Ticks * (1 - (partsPerMillion / 1e6))));
        var due = _now;
        var end = _now + TimeSpan.FromHours(1);
        var deepest = 0;
        var ticks = 0;
        while (_now < end)
        {
            for (; due <= _now; due += interval)
            {
                var (header, payload) = Next(160);
                _buffer.Put(header, payload, AudioCodec.Pcmu, due);
            }

            Read();
            if (ticks++ > 100) deepest = Math.Max(deepest, _buffer.Depth);
            _now += AudioFrame.Duration;
        }

        // An hour at 200 ppm is 720 ms, to be made up or given up by 5 to 15 ms at a time.
        Assert.Equal(0, _buffer.Lost);
        Assert.Equal(0, _buffer.Concealed);
        Assert.InRange(_buffer.Trimmed, partsPerMillion > 0 ? 48 : 0, partsPerMillion > 0 ? 150 : 4);
        Assert.InRange(_buffer.Stretched, partsPerMillion < 0 ? 48 : 0, partsPerMillion < 0 ? 150 : 4);
        Assert.True(deepest <= 3 * AudioFrame.Samples, $"the delay grew to {deepest} samples");
        AssertCleanTone(3590);
    }

    [Fact]
    public void Deepens_for_jitter_and_comes_back_when_it_is_over()
    {
        var random = new Random(7);
        Jittered(TimeSpan.FromSeconds(20), () => TimeSpan.FromMilliseconds(random.Next(60)));
        Assert.InRange(_buffer.Target, 400, 640);
        var concealed = _buffer.Concealed;
        Jittered(TimeSpan.FromSeconds(20), () => TimeSpan.FromMilliseconds(random.Next(60)));
        Assert.InRange(_buffer.Concealed - concealed, 0, 25);
        Jittered(TimeSpan.FromSeconds(60), () => TimeSpan.Zero);
        Assert.Equal(PlayoutDelay.Minimum, _buffer.Target);
        Assert.True(_buffer.Depth <= 2 * AudioFrame.Samples, $"depth is still {_buffer.Depth}");
    }

    [Fact]
    public void One_stray_number_is_refused_and_two_in_sequence_are_a_restart()
    {
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        _sequence = _sequence.Plus(20_000);
        var (header, payload) = Next(160);
        Assert.Equal(Placement.OutOfWindow, Put(header, payload));
        Assert.Equal(0, _buffer.Resyncs);
        (header, payload) = Next(160);
        Assert.Equal(Placement.Held, Put(header, payload));
        Assert.Equal(1, _buffer.Resyncs);
    }

    [Fact]
    public void A_partner_who_lets_go_of_the_key_becomes_silence_and_no_loss()
    {
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        Playout last = default;
        for (var i = 0; i < 50; i++) last = Read();
        Assert.Equal(Playout.Silence, last);
        Assert.Equal(0, _buffer.Lost);
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        Assert.Equal(0, _buffer.Lost);
    }

    [Fact]
    public void A_burst_after_an_outage_does_not_become_delay()
    {
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        _now += TimeSpan.FromMilliseconds(400);
        for (var i = 0; i < 20; i++)
        {
            var (header, payload) = Next(160);
            Put(header, payload);
        }

        Stream(TimeSpan.FromSeconds(60), 20, (_, _) => true);
        Assert.True(_buffer.Depth <= 3 * AudioFrame.Samples, $"depth is still {_buffer.Depth}");
    }

    [Fact]
    public void A_payload_longer_than_a_slot_is_refused()
    {
        var (header, _) = Next(160);
        Assert.Equal(Placement.TooLong, _buffer.Put(header, new byte[JitterBuffer.LongestPayload + 1], AudioCodec.Pcmu, _now));
    }

    [Fact]
    public void A_sender_that_restarts_a_little_behind_is_taken_up_again_at_once()
    {
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        _sequence = _sequence.Plus(-70);
        _timestamp -= 70 * 160;
        _played.Clear();
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        Assert.Equal(1, _buffer.Resyncs);
        Assert.InRange(_played.Count, 7000, 8000);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    public void Comfort_noise_is_heard_at_its_level_at_once_and_is_no_loss(int milliseconds)
    {
        for (var spurt = 0; spurt < 10; spurt++)
        {
            _tone = new Tone(500);
            Stream(TimeSpan.FromSeconds(1), milliseconds, (_, _) => true);
            for (var i = 0; i < 10; i++)
            {
                // A SID frame every 100 ms; the timestamp goes on with the time, the sequence with the packets.
                PutNoise();
                for (var tick = 0; tick < 5; tick++) Pass();
            }

            Assert.Equal(Playout.Noise, Read());
            // -60 dBov are 33 in 32,768.
            Assert.InRange(Math.Sqrt(_frame.Average(sample => (double)sample * sample)), 28, 38);
        }

        for (var i = 0; i < 50; i++) Read();
        Assert.Equal(Playout.Silence, Read());
        Assert.Equal(0, _buffer.Lost);
        Assert.Equal(0, _buffer.Concealed);
        Assert.Equal(0, _buffer.Depth);
    }

    [Fact]
    public void Comfort_noise_alone_never_fills_the_buffer_and_audio_after_it_is_heard_soon()
    {
        for (var i = 0; i < 200; i++)
        {
            PutNoise();
            Pass();
        }

        Assert.Equal(0, _buffer.Lost);
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        Assert.InRange(_played.Count, 7600, 8000);
        Assert.Equal(0, _buffer.Concealed);
    }

    [Fact]
    public void A_timestamp_that_restarts_while_the_sequence_goes_on_is_heard_without_a_hole()
    {
        Stream(TimeSpan.FromSeconds(1), 20, (_, _) => true);
        _timestamp = 12_345;
        Stream(TimeSpan.FromSeconds(3), 20, (_, _) => true);
        Assert.Equal(0, _buffer.Lost);
        Assert.Equal(0, _buffer.Concealed);
        AssertCleanTone(3.5);
    }

    private void PutNoise()
    {
        var header = new RtpHeader { Sequence = _sequence, Timestamp = _timestamp };
        _sequence = _sequence.Next;
        _timestamp += 160;
        Assert.Equal(Placement.Held, _buffer.Put(header, [60], codec: null, _now));
    }

    private void Stream(TimeSpan duration, int packetMilliseconds, Func<SequenceNumber, TimeSpan, bool> arrives)
    {
        var end = _now + duration;
        var due = _now;
        while (_now < end)
        {
            for (; due <= _now; due += TimeSpan.FromMilliseconds(packetMilliseconds))
            {
                var (header, payload) = Next(8 * packetMilliseconds);
                if (arrives(header.Sequence, _now)) Put(header, payload);
            }

            Pass();
        }
    }

    private void Jittered(TimeSpan duration, Func<TimeSpan> delay)
    {
        var flying = new PriorityQueue<(RtpHeader Header, byte[] Payload), TimeSpan>();
        var end = _now + duration;
        while (_now < end)
        {
            flying.Enqueue(Next(160), _now + delay());
            while (flying.TryPeek(out var packet, out var arrival) && arrival <= _now)
            {
                flying.Dequeue();
                _buffer.Put(packet.Header, packet.Payload, AudioCodec.Pcmu, arrival);
            }

            Pass();
        }
    }

    private (RtpHeader Header, byte[] Payload) Next(int samples)
    {
        var header = new RtpHeader { Sequence = _sequence, Timestamp = _timestamp };
        _sequence = _sequence.Next;
        _timestamp += (uint)samples;
        var payload = new byte[samples];
        G711.EncodeMuLaw(_tone.Next(samples), payload);
        return (header, payload);
    }

    private Placement Put(in RtpHeader header, byte[] payload) => _buffer.Put(header, payload, AudioCodec.Pcmu, _now);

    private void Pass()
    {
        Read();
        _now += AudioFrame.Duration;
    }

    private Playout Read()
    {
        var playout = _buffer.Read(_frame, _now);
        if (playout == Playout.Audio) _played.AddRange(_frame);
        return playout;
    }

    // A sine has one value for each two before it; a hole, a repetition or a jump breaks that.
    private void AssertCleanTone(double seconds)
    {
        var samples = _played.TakeLast((int)(seconds * AudioFrame.SampleRate)).ToArray();
        var coefficient = 2 * Math.Cos(2 * Math.PI * _tone.Frequency / AudioFrame.SampleRate);
        for (var i = 2; i < samples.Length; i++)
            Assert.True(Math.Abs(samples[i] - ((coefficient * samples[i - 1]) - samples[i - 2])) < 1200, $"the tone breaks at sample {i}");
    }
}
