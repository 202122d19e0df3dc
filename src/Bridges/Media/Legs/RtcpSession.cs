using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Rtcp;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>The reports of one phone leg: sent about every 5 s, and read for the round trip and the far end's loss.</summary>
internal sealed class RtcpSession(TimeProvider time, Func<uint> random, ReadOnlyMemory<byte> canonicalName)
{
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(2.5);
    private readonly byte[] _compound = new byte[320 + SrtpLimits.MostOverhead];
    private TimeSpan? _next;
    private uint _lastSenderReport;
    private TimeSpan _lastSenderReportAt;

    /// <summary>What has been received, for the report blocks.</summary>
    public ReceptionStatistics Reception;

    /// <summary>Another source begins: nothing of the old one is reported on it.</summary>
    public void Restart()
    {
        Reception = default;
        _lastSenderReport = 0;
    }

    /// <summary>Whether a report is due. The interval is drawn from 0.5 to 1.5 times 5 s, so that legs do not fall into step (RFC 3550 §6.3.1).</summary>
    public bool Due(TimeSpan now)
    {
        if (_next is { } next && now < next) return false;
        var first = _next is null;
        _next = now + s_least + TimeSpan.FromMilliseconds(random() % 5000);
        return !first;
    }

    /// <summary>Makes SR or RR with SDES, and BYE at the end of the leg, protected as the stream is; valid until the next call. Empty when it can't be protected.</summary>
    public ReadOnlySpan<byte> Compose(RtpSender sender, uint? remote, bool goodbye, TimeSpan now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[1];
        var count = 0;
        if (remote is { } source && Reception.Received > 0)
        {
            var delay = _lastSenderReport == 0 ? 0 : NtpTime.ToUnits(now - _lastSenderReportAt);
            blocks[count++] = Reception.Report(source, _lastSenderReport, delay);
        }

        var writer = new RtcpWriter(_compound.AsSpan(..^SrtpLimits.MostOverhead));
        writer.TryWriteSenderReport(sender.Ssrc, sender.Describe(NtpTime.From(time.GetUtcNow())), blocks[..count]);
        writer.TryWriteCanonicalName(sender.Ssrc, canonicalName.Span);
        if (goodbye) writer.TryWriteGoodbye(sender.Ssrc);
        var length = writer.Length;
        if (sender.Security is { } security && !security.TryProtectRtcp(_compound, length, out length, out _)) return default;
        return _compound.AsSpan(0, length);
    }

    /// <summary>Reads a compound; false when it is not sound and was left alone.</summary>
    public bool TryRead(ReadOnlySpan<byte> datagram, uint own, uint? remote, LegCounters counters, TimeSpan now)
    {
        if (!RtcpReader.TryOpen(datagram, out var reader, out _)) return false;
        Volatile.Write(ref counters.FarControlTicks, now.Ticks);
        while (reader.TryRead(out var packet))
        {
            if (packet.Type is not (RtcpTypes.SenderReport or RtcpTypes.ReceiverReport)) continue;
            if (packet.Type == RtcpTypes.SenderReport) Volatile.Write(ref counters.FarSent, packet.Sender.Packets);
            if (packet.Type == RtcpTypes.SenderReport && packet.Ssrc == remote)
            {
                _lastSenderReport = packet.Sender.Ntp.Middle;
                _lastSenderReportAt = now;
            }

            for (var i = 0; i < packet.Count; i++)
            {
                var report = packet.Report(i);
                if (report.Ssrc != own) continue;
                Take(report, counters, now);
                if (report.TryGetRoundTrip(NtpTime.From(time.GetUtcNow()), out var roundTrip)) Volatile.Write(ref counters.RoundTripTicks, roundTrip.Ticks);
            }
        }

        return true;
    }

    // Whether the far end hears us: each report that it makes while it does names a higher number.
    private static void Take(in ReportBlock report, LegCounters counters, TimeSpan now)
    {
        Volatile.Write(ref counters.FarFractionLost, report.FractionLost);
        Volatile.Write(ref counters.FarReportTicks, now.Ticks);
        if (counters.FarHighest == report.HighestSequence) return;
        counters.FarHighest = report.HighestSequence;
        Volatile.Write(ref counters.FarAdvanceTicks, now.Ticks);
    }
}
