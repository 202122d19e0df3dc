using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Rtcp;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp;

public sealed class RtcpTests
{
    [Fact]
    public void A_compound_is_read_as_it_was_written()
    {
        var sender = new SenderInfo(new NtpTime(0x1122334455667788), 99, 1000, 160_000);
        var block = new ReportBlock(0xABCD, 12, -5, 0x1_0007, 33, 44, 55);
        var buffer = new byte[200];
        var writer = new RtcpWriter(buffer);
        Assert.True(writer.TryWriteSenderReport(7, sender, [block]));
        Assert.True(writer.TryWriteCanonicalName(7, "hub"u8));
        Assert.True(writer.TryWriteGoodbye(7));

        Assert.True(RtcpReader.TryOpen(buffer.AsSpan(0, writer.Length), out var reader, out _));
        Assert.True(reader.TryRead(out var packet));
        Assert.Equal((RtcpTypes.SenderReport, 7u, 1), (packet.Type, packet.Ssrc, packet.Count));
        Assert.Equal(sender, packet.Sender);
        Assert.Equal(block, packet.Report(0));
        Assert.True(reader.TryRead(out packet));
        Assert.True(packet.CanonicalName().SequenceEqual("hub"u8));
        Assert.True(reader.TryRead(out packet));
        Assert.Equal((RtcpTypes.Goodbye, 7u), (packet.Type, packet.Ssrc));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void A_source_description_ends_on_a_word_with_at_least_one_null()
    {
        for (var length = 0; length < 9; length++)
        {
            var buffer = new byte[32];
            var writer = new RtcpWriter(buffer);
            Assert.True(writer.TryWriteCanonicalName(1, new byte[length]));
            Assert.Equal(0, writer.Length % 4);
            Assert.True(writer.Length >= 4 + 4 + 2 + length + 1);
        }
    }

    [Fact]
    public void A_full_buffer_takes_nothing()
    {
        var writer = new RtcpWriter(new byte[27]);
        Assert.False(writer.TryWriteSenderReport(1, default, []));
        Assert.Equal(0, writer.Length);
        Assert.True(writer.TryWriteReceiverReport(1, []));
    }

    [Theory]
    [InlineData("", RtpErrorKind.Truncated, 0)]
    [InlineData("80C8", RtpErrorKind.Truncated, 0)]
    [InlineData("40C9000100000001", RtpErrorKind.Version, 0)]
    [InlineData("81CA000100000001", RtpErrorKind.PacketType, 0)]
    [InlineData("80C9000200000001", RtpErrorKind.Length, 0)]
    [InlineData("81C9000100000001", RtpErrorKind.Length, 0)]
    [InlineData("80C8000100000001", RtpErrorKind.Length, 0)]
    [InlineData("80C9000100000001FFFF", RtpErrorKind.Truncated, 8)]
    [InlineData("80C900010000000182CB000100000001", RtpErrorKind.Length, 8)]
    [InlineData("A0C9000100000004", RtpErrorKind.Padding, 0)]
    [InlineData("80C9000100000001A1CB000200000001000000FF", RtpErrorKind.Padding, 8)]
    public void A_compound_with_one_false_field_is_refused_whole(string hex, RtpErrorKind kind, int offset)
    {
        Assert.False(RtcpReader.TryOpen(Convert.FromHexString(hex), out _, out var error));
        Assert.Equal(new RtpParseError(kind, offset), error);
    }

    [Fact]
    public void Loss_is_counted_across_the_wrap_as_the_rfc_says()
    {
        var statistics = default(ReceptionStatistics);
        for (var i = 0; i < 100; i++)
        {
            if (i % 4 == 3) continue;
            statistics.Add(new SequenceNumber((ushort)(65_500 + i)), (uint)(160 * i), (uint)(160 * i));
        }

        // The 100th is lost too, and nobody can know that yet.
        Assert.Equal(24, statistics.Lost);
        var report = statistics.Report(1, 2, 3);
        Assert.Equal(24 * 256 / 99, report.FractionLost);
        Assert.Equal(24, report.CumulativeLost);
        Assert.Equal(65_598u, report.HighestSequence);
        Assert.Equal(0u, report.Jitter);
        Assert.Equal(0, statistics.Report(1, 2, 3).FractionLost);
    }

    [Fact]
    public void A_sender_that_numbers_anew_has_lost_nothing_and_a_stray_number_changes_nothing()
    {
        var statistics = default(ReceptionStatistics);
        void Add(int from, int count)
        {
            for (var i = from; i < from + count; i++) statistics.Add(new SequenceNumber((ushort)i), (uint)(160 * i), (uint)(160 * i));
        }

        Add(1000, 100);
        Add(20_000, 1);
        Add(1100, 100);
        Assert.Equal((200u, 0), (statistics.Expected, statistics.Lost));

        // The first of the new numbers is on probation, as A.1 has it.
        Add(40_000, 101);
        Assert.Equal((300u, 0), (statistics.Expected, statistics.Lost));
        Add(40_110, 1);
        Assert.Equal(9, statistics.Lost);

        // Also one that begins a little behind.
        Add(39_500, 51);
        Assert.Equal((360u, 9), (statistics.Expected, statistics.Lost));
    }

    [Fact]
    public void Jitter_settles_at_the_mean_difference_of_transit_times()
    {
        var statistics = default(ReceptionStatistics);
        for (var i = 0; i < 1000; i++)
            statistics.Add(new SequenceNumber((ushort)i), (uint)(160 * i), (uint)((160 * i) + (i % 2 == 0 ? 0 : 40)));
        Assert.InRange(statistics.Jitter, 38u, 40u);
    }
}
