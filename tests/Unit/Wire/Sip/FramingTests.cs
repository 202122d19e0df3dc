using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Transports;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class FramingTests
{
    private static readonly byte[] First = Encoding.UTF8.GetBytes(Written.Invite());
    private static readonly byte[] Second = Encoding.UTF8.GetBytes(Written.Request("OPTIONS").Replace("Content-Length: 0", "l :\r\n 0"));

    [Fact]
    public void A_stream_split_at_every_octet_gives_the_same_messages()
    {
        byte[] stream = [.. First, .. "\r\n\r\n"u8, .. Second, .. First];
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            var framer = new SipFramer(new SipLimits());
            var frames = Read(framer, stream[..cut]);
            frames.AddRange(Read(framer, stream[cut..]));
            Assert.Equal([Text(First), "ping", Text(Second), Text(First)], frames);
        }
    }

    [Fact]
    public void One_octet_at_a_time_is_enough()
    {
        var framer = new SipFramer(new SipLimits());
        var frames = new List<string>();
        foreach (var octet in (byte[])[.. First, .. Second]) frames.AddRange(Read(framer, [octet]));
        Assert.Equal([Text(First), Text(Second)], frames);
        Assert.False(framer.IsInside);
    }

    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 5\r\nl: 6")]
    [InlineData("Content-Length: 99999999")]
    [InlineData("X-No-Length: 1")]
    public void A_stream_whose_next_message_cannot_be_found_is_broken(string length)
    {
        var framer = new SipFramer(new SipLimits());
        Assert.Equal(["broken"], Read(framer, Encoding.UTF8.GetBytes(Written.Request("OPTIONS").Replace("Content-Length: 0", length))));
    }

    [Fact]
    public void A_header_that_never_ends_breaks_the_stream_at_the_limit()
    {
        var framer = new SipFramer(new SipLimits { MessageBytes = 1000 });
        Assert.Equal(["broken"], Read(framer, Encoding.UTF8.GetBytes($"OPTIONS sip:x@y SIP/2.0\r\nX: {new string('x', 1000)}")));
    }

    private static string Text(byte[] octets) => Encoding.UTF8.GetString(octets);

    private static List<string> Read(SipFramer framer, byte[] octets)
    {
        framer.Append(octets);
        var frames = new List<string>();
        while (true)
        {
            var kind = framer.Next(out var frame);
            if (kind == SipFrameKind.Incomplete) return frames;
            frames.Add(kind switch
            {
                SipFrameKind.Message => Encoding.UTF8.GetString(frame),
                SipFrameKind.Ping => "ping",
                _ => "broken",
            });
            if (kind == SipFrameKind.Broken) return frames;
        }
    }
}
