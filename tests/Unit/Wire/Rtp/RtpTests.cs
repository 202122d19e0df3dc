using CsCheck;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Rtcp;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp;

public sealed class RtpTests
{
    [Theory]
    [InlineData(0, 65_535, 1)]
    [InlineData(65_535, 0, -1)]
    [InlineData(10, 65_530, 16)]
    [InlineData(32_767, 0, 32_767)]
    [InlineData(32_768, 0, -32_768)]
    public void Sequence_numbers_are_compared_the_shorter_way_round(int number, int other, int distance)
    {
        var sequence = new SequenceNumber((ushort)number);
        Assert.Equal(distance, sequence.DistanceFrom(new SequenceNumber((ushort)other)));
        Assert.Equal(distance > 0, sequence.IsAfter(new SequenceNumber((ushort)other)));
    }

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.Bool, Gen.Byte[0, 127], Gen.UShort, Gen.UInt, Gen.UInt, Gen.Byte.Array[0, 300]).Sample((marker, type, sequence, timestamp, ssrc, payload) =>
        {
            var datagram = new byte[RtpHeader.FixedLength + payload.Length];
            Assert.True(new RtpHeader { Marker = marker, PayloadType = type, Sequence = new(sequence), Timestamp = timestamp, Ssrc = ssrc }.TryWrite(datagram));
            payload.CopyTo(datagram, RtpHeader.FixedLength);
            Assert.True(RtpHeader.TryParse(datagram, out var header, out _));
            Assert.Equal((marker, type, sequence, timestamp, ssrc), (header.Marker, header.PayloadType, header.Sequence.Value, header.Timestamp, header.Ssrc));
            Assert.Equal(payload, datagram[header.Payload]);
        });

    [Fact]
    public void Contributing_sources_that_are_written_are_read_again_and_of_too_many_the_first_fifteen() =>
        Gen.Select(Gen.UInt.Array[0, 20], Gen.Byte.Array[0, 300]).Sample((sources, payload) =>
        {
            var datagram = new byte[RtpHeader.LengthWith(sources.Length) + payload.Length];
            Assert.True(new RtpHeader { PayloadType = 8, Ssrc = 7 }.TryWrite(datagram, sources));
            payload.CopyTo(datagram, RtpHeader.LengthWith(sources.Length));
            Assert.True(RtpHeader.TryParse(datagram, out var header, out _));
            Assert.Equal(sources.Take(RtpHeader.MostCsrcs), Enumerable.Range(0, header.CsrcCount).Select(at => header.Csrc(datagram, at)));
            Assert.Equal(payload, datagram[header.Payload]);
        });

    [Fact]
    public void Contributing_sources_extension_and_padding_are_told_from_the_payload()
    {
        byte[] datagram =
        [
            0xB2, 0x88, 0, 7, 0, 0, 0, 9, 1, 1, 1, 1,
            2, 2, 2, 2, 3, 3, 3, 3,
            0x01, 0x67, 0, 1, 0xA, 0xB, 0xC, 0xD,
            0x55, 0x66, 0, 0, 3,
        ];
        Assert.True(RtpHeader.TryParse(datagram, out var header, out _));
        Assert.True(header.Marker);
        Assert.Equal(8, header.PayloadType);
        Assert.Equal(2, header.CsrcCount);
        Assert.Equal(0x03030303u, header.Csrc(datagram, 1));
        Assert.Equal(0x0167, header.ExtensionProfile);
        Assert.Equal([0xA, 0xB, 0xC, 0xD], datagram[header.Extension]);
        Assert.Equal([0x55, 0x66], datagram[header.Payload]);
    }

    [Theory]
    [InlineData("", RtpErrorKind.Truncated, 0)]
    [InlineData("80000001000000010000", RtpErrorKind.Truncated, 10)]
    [InlineData("400000010000000100000001", RtpErrorKind.Version, 0)]
    [InlineData("8F0000010000000100000001AABB", RtpErrorKind.Truncated, 14)]
    [InlineData("90000001000000010000000101670002AABBCCDD", RtpErrorKind.Length, 14)]
    [InlineData("A0000001000000010000000100", RtpErrorKind.Padding, 12)]
    [InlineData("A0000001000000010000000102", RtpErrorKind.Padding, 12)]
    public void A_false_packet_is_refused_with_its_first_error(string hex, RtpErrorKind kind, int offset)
    {
        Assert.False(RtpHeader.TryParse(Convert.FromHexString(hex), out _, out var error));
        Assert.Equal(new RtpParseError(kind, offset), error);
    }

    [Fact]
    public void Whatever_arrives_is_parsed_or_refused_and_parts_lie_inside() =>
        Gen.Byte.Array[0, 120].Select(Gen.Bool).Sample((datagram, likely) =>
        {
            if (likely && datagram.Length > 0) datagram[0] = (byte)(0x80 | (datagram[0] & 0x3F));
            if (RtpHeader.TryParse(datagram, out var header, out _))
            {
                _ = datagram[header.Payload];
                _ = datagram[header.Extension];
                for (var i = 0; i < header.CsrcCount; i++) header.Csrc(datagram, i);
            }

            if (!RtcpReader.TryOpen(datagram, out var reader, out _)) return;
            while (reader.TryRead(out var packet))
            {
                _ = packet.Sender;
                _ = packet.CanonicalName().Length;
                for (var i = 0; i < packet.Count; i++) packet.Report(i);
            }
        }, iter: 50_000);

    [Theory]
    [InlineData("0001", DatagramKind.Stun)]
    [InlineData("16FE", DatagramKind.Dtls)]
    [InlineData("8000", DatagramKind.Rtp)]
    [InlineData("80C8", DatagramKind.Rtcp)]
    [InlineData("80DF", DatagramKind.Rtcp)]
    [InlineData("80E0", DatagramKind.Rtp)]
    [InlineData("FF00", DatagramKind.Unknown)]
    [InlineData("80", DatagramKind.Unknown)]
    public void What_shares_a_port_is_told_apart(string hex, DatagramKind kind) => Assert.Equal(kind, Demultiplexer.Classify(Convert.FromHexString(hex)));

    [Fact]
    public void Ntp_time_counts_from_1900_and_its_middle_is_16_16()
    {
        // RFC 3550 figure 2: 10 Nov 1995, 11:33:25.125 UTC is b44d:b705.2000:0000 in NTP.
        var ntp = NtpTime.From(new DateTimeOffset(1995, 11, 10, 11, 33, 25, 125, TimeSpan.Zero));
        Assert.Equal(0xB44D_B705_2000_0000UL, ntp.Value);
        Assert.Equal(0xB705_2000u, ntp.Middle);
    }

    [Fact]
    public void The_round_trip_is_that_of_the_rfcs_example()
    {
        // RFC 3550 figure 2: A = b710:8000, LSR = b705:2000, DLSR = 5.250 s; the delay is 6.125 s.
        var report = new ReportBlock(1, 0, 0, 0, 0, 0xB705_2000, 0x0005_4000);
        Assert.True(report.TryGetRoundTrip(new NtpTime(0xB44D_B710_8000_0000), out var roundTrip));
        Assert.Equal(TimeSpan.FromSeconds(6.125), roundTrip);
    }
}
