using Interop.Bridges.Wire.Rtp.Srtp;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp.Srtp;

public sealed class SrtpTests
{
    public static TheoryData<string> All() => Profiles.All();

    [Theory]
    [MemberData(nameof(All))]
    public void A_packet_goes_through_and_is_encrypted_behind_its_header(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        var plain = Streams.Plain(1);

        var sent = streams.Protect(1);

        Assert.Equal(plain.Length + streams.Profile.TagLength, sent.Length);
        Assert.Equal(plain[..12], sent[..12]);
        Assert.True(sent.AsSpan(12, 160).IndexOf(plain.AsSpan(12, 4)) < 0);
        Assert.Equal(SrtpFault.None, streams.Take(sent, plain));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Contributing_sources_and_extensions_stay_readable_and_are_authenticated(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        byte[] plain = [0xB1, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0xBE, 0xDE, 0, 1, 0x10, 7, 0, 0, 1, 2, 3, 1];

        var sent = Streams.Protect(streams.Sender, plain);

        Assert.Equal(plain[..24], sent[..24]);
        var forged = sent.ToArray();
        forged[21] ^= 1;
        Assert.Equal(SrtpFault.Unauthenticated, streams.Take(forged, plain));
        Assert.Equal(SrtpFault.None, streams.Take(sent, plain));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Both_sides_roll_over_and_each_packet_of_three_rounds_comes_out(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        for (var i = 0; i < 3 * 65_536; i += 97)
        {
            var sequence = (ushort)i;
            Assert.Equal(SrtpFault.None, streams.Take(streams.Protect(sequence), Streams.Plain(sequence)));
        }
    }

    [Fact]
    public void Packets_around_the_wrap_come_out_in_any_order()
    {
        using var streams = new Streams(SrtpProfile.Aes128CmHmacSha1Tag80);
        var packets = Enumerable.Range(65_500, 80).Select(number => (ushort)number).Select(number => (number, streams.Protect(number))).ToList();
        var random = new Random(1);
        Assert.Equal(SrtpFault.None, streams.Take(packets[0].Item2, Streams.Plain(packets[0].number)));
        foreach (var (number, packet) in packets.Skip(1).OrderBy(_ => random.Next()))
            Assert.Equal(SrtpFault.None, streams.Take(packet, Streams.Plain(number)));
        foreach (var (number, packet) in packets)
            Assert.Equal(SrtpFault.Replayed, streams.Take(packet, Streams.Plain(number)));
    }

    [Fact]
    public void A_stream_that_begins_just_before_the_wrap_and_is_heard_just_after_it_comes_out()
    {
        using var streams = new Streams(SrtpProfile.AeadAes128Gcm);
        var before = streams.Protect(65_535);
        var after = streams.Protect(0);

        Assert.Equal(SrtpFault.None, streams.Take(after, Streams.Plain(0)));
        Assert.Equal(SrtpFault.None, streams.Take(before, Streams.Plain(65_535)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_receiver_that_begins_anew_finds_how_often_the_stream_rolled_over(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        for (var i = 0; i <= 30 * 65_536; i += 30_000) streams.Protect((ushort)i);
        var late = 0;
        while (streams.Take(streams.Protect((ushort)(60_000 + late)), Streams.Plain((ushort)(60_000 + late))) != SrtpFault.None) late++;

        Assert.InRange(late, 20, 40);
    }

    [Fact]
    public void A_loss_of_most_of_a_round_is_bridged_and_nothing_from_before_it_comes_in_again()
    {
        using var streams = new Streams(SrtpProfile.Aes128CmHmacSha1Tag80);
        var old = streams.Protect(100);
        Assert.Equal(SrtpFault.None, streams.Take(old, Streams.Plain(100)));
        for (var i = 10_000; i < 90_000; i += 10_000) streams.Protect((ushort)(100 + i));
        var found = Enumerable.Range(0, 5).Select(i => streams.Take(streams.Protect((ushort)(90_200 + i)), Streams.Plain((ushort)(90_200 + i)))).ToList();

        Assert.Equal(SrtpFault.None, found[^1]);
        Assert.NotEqual(SrtpFault.None, streams.Take(old, Streams.Plain(100)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_came_before_or_is_older_than_the_window_does_not_come_again(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        var packets = Enumerable.Range(0, 200).Select(number => streams.Protect((ushort)number)).ToList();
        foreach (var number in (int[])[0, 1, 199, 150])
            Assert.Equal(SrtpFault.None, streams.Take(packets[number], Streams.Plain((ushort)number)));

        foreach (var number in (int[])[0, 1, 199, 150, 50, 71])
            Assert.Equal(SrtpFault.Replayed, streams.Take(packets[number], Streams.Plain((ushort)number)));
        Assert.Equal(SrtpFault.None, streams.Take(packets[72], Streams.Plain(72)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_keystream_is_used_twice(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        var buffer = new byte[200];
        streams.Protect(10);
        Streams.Plain(10).CopyTo(buffer, 0);

        Assert.False(streams.Sender.TryProtect(buffer, 172, out _, out var fault));
        Assert.Equal(SrtpFault.Replayed, fault);
        Assert.Equal(Streams.Plain(10), buffer[..172]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_source_counts_for_itself_up_to_a_bound(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        for (var ssrc = 1u; ssrc <= SrtpLimits.MostSources; ssrc++)
            Assert.Equal(SrtpFault.None, streams.Take(streams.Protect(5, ssrc), Streams.Plain(5, ssrc)));

        Assert.Equal(SrtpLimits.MostSources, streams.Receiver.Sources);
        using var other = streams.MakeSender();
        Assert.Equal(SrtpFault.TooManySources, streams.Take(Streams.Protect(other, Streams.Plain(5, 99)), Streams.Plain(5, 99)));
        Assert.Equal(SrtpFault.None, streams.Take(streams.Protect(6, 1), Streams.Plain(6, 1)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Ten_thousand_forged_packets_change_nothing(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        Assert.Equal(SrtpFault.None, streams.Take(streams.Protect(1), Streams.Plain(1)));
        var random = new Random(2);
        var genuine = streams.Protect(2);
        for (var i = 0; i < 10_000; i++)
        {
            var forged = genuine.ToArray();
            if (i % 2 == 0) forged[random.Next(forged.Length)] ^= (byte)(1 << random.Next(8));
            else random.NextBytes(forged.AsSpan(12));
            if (i % 3 == 0) random.NextBytes(forged.AsSpan(8, 4));
            Assert.NotEqual(SrtpFault.None, streams.Take(forged, Streams.Plain(2)));
        }

        Assert.Equal(1, streams.Receiver.Sources);
        Assert.Equal(SrtpFault.None, streams.Take(genuine, Streams.Plain(2)));
        Assert.Equal(SrtpFault.None, streams.Take(streams.Protect(3), Streams.Plain(3)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Forged_packets_after_the_first_cost_no_exception(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        streams.Take(streams.Protect(1), Streams.Plain(1));
        var forged = streams.Protect(2);
        forged[20] ^= 1;
        streams.Take(forged, forged);
        var thrown = 0;
        var thread = Environment.CurrentManagedThreadId;
        void Count(object? _, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        for (var i = 0; i < 500; i++) streams.Take(forged, forged);
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.Equal(0, thrown);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Reports_go_through_encrypted_once_and_in_any_order(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        var plain = Streams.Report();
        var reports = Enumerable.Range(0, 5).Select(_ => streams.ProtectReport()).ToList();

        foreach (var report in (byte[][])[reports[0], reports[3], reports[1], reports[4]])
        {
            Assert.True(report.AsSpan().IndexOf((byte[])[0x5A, 0x5A, 0x5A, 0x5A]) < 0);
            var copy = report.ToArray();
            Assert.True(streams.Receiver.TryUnprotectRtcp(copy, out var length, out _));
            Assert.Equal(plain, copy[..length]);
            Assert.Equal(SrtpFault.Replayed, Fault(streams, report));
        }

        var clear = reports[2].ToArray();
        clear[streams.Profile.IsAead ? ^4 : ^(4 + 10)] &= 0x7F;
        Assert.Equal(SrtpFault.NotEncrypted, Fault(streams, clear));
        var forged = reports[2].ToArray();
        forged[12] ^= 1;
        Assert.Equal(SrtpFault.Unauthenticated, Fault(streams, forged));
        Assert.Equal(SrtpFault.None, Fault(streams, reports[2]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_does_not_fit_is_a_fault_and_nothing_else(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        var buffer = new byte[3000];
        buffer[0] = 0x80;

        Assert.False(streams.Sender.TryProtect(buffer.AsSpan(0, 172), 172, out _, out var noRoom));
        Assert.False(streams.Sender.TryProtect(buffer, 2046, out _, out var tooLong));
        Assert.False(streams.Sender.TryProtect(buffer, 11, out _, out var headless));
        Assert.False(streams.Sender.TryProtectRtcp(buffer, 7, out _, out var short7));
        Assert.False(streams.Receiver.TryUnprotect(buffer.AsSpan(0, 12), out _, out var untagged));
        Assert.False(streams.Receiver.TryUnprotect(buffer, out _, out var giant));

        Assert.Equal([SrtpFault.TooLong, SrtpFault.TooLong, SrtpFault.Malformed, SrtpFault.Malformed], [noRoom, tooLong, headless, short7]);
        Assert.Equal([SrtpFault.Malformed, SrtpFault.TooLong], [untagged, giant]);
    }

    [Fact]
    public void Whatever_comes_nothing_is_thrown_and_nothing_accepted()
    {
        var random = new Random(3);
        foreach (var profile in SrtpProfile.All)
        {
            using var streams = new Streams(profile);
            for (var i = 0; i < 40_000; i++)
            {
                var octets = new byte[random.Next(0, 120)];
                random.NextBytes(octets);
                if (octets.Length > 1 && i % 2 == 0) octets[0] = (byte)(0x80 | random.Next(64));
                Assert.False(streams.Receiver.TryUnprotect(octets, out _, out _));
                Assert.False(streams.Receiver.TryUnprotectRtcp(octets, out _, out _));
            }

            Assert.Equal(0, streams.Receiver.Sources);
        }
    }

    private static SrtpFault Fault(Streams streams, byte[] report)
    {
        streams.Receiver.TryUnprotectRtcp(report.ToArray(), out _, out var fault);
        return fault;
    }
}
