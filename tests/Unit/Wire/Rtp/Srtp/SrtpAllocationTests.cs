using Interop.Bridges.Wire.Rtp.Srtp;
using Interop.Tests.Unit.Media;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp.Srtp;

[Collection(AloneCollection.Name)]
public sealed class SrtpAllocationTests
{
    public static TheoryData<string> All() => Profiles.All();

    [Theory]
    [MemberData(nameof(All))]
    public void A_packet_and_a_report_cost_no_memory_genuine_or_forged(string name)
    {
        using var streams = new Streams(SrtpProfile.Find(name)!);
        var buffer = new byte[256];
        var plain = Streams.Plain(0);
        var least = long.MaxValue;
        // Code that the runtime has not optimised yet allocates more.
        for (var round = 0; round < 400 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                var sequence = (ushort)((round * 100) + i);
                plain.CopyTo(buffer, 0);
                (buffer[2], buffer[3]) = ((byte)(sequence >> 8), (byte)sequence);
                streams.Sender.TryProtect(buffer, plain.Length, out var length, out _);
                buffer[40] ^= 1;
                streams.Receiver.TryUnprotect(buffer.AsSpan(0, length), out _, out _);
                buffer[40] ^= 1;
                Assert.True(streams.Receiver.TryUnprotect(buffer.AsSpan(0, length), out length, out _));
                streams.Sender.TryProtectRtcp(buffer, 60, out length, out _);
                streams.Receiver.TryUnprotectRtcp(buffer.AsSpan(0, length), out _, out _);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
