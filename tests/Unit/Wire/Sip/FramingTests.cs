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

    /// <summary>What a stream may hold: the length of each is written and true.</summary>
    private static IEnumerable<byte[]> Published()
    {
        foreach (var set in (string[])["rfc4475", "rfc5118"])
        {
            if (PublishedCases.Find($"sip/{set}/expected.csv") is not { } table) yield break;
            foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(table)!, "*.dat").Order(StringComparer.Ordinal))
            {
                var octets = File.ReadAllBytes(path);
                var framer = new SipFramer(new SipLimits());
                framer.Append(octets);
                if (framer.Next(out var frame) == SipFrameKind.Message && frame.Length == octets.Length) yield return octets;
            }
        }
    }

    [Fact]
    public void Published_messages_in_one_stream_are_told_apart_wherever_it_is_cut()
    {
        var messages = Published().ToList();
        Assert.SkipWhen(messages.Count == 0, "The published cases are not beside the repository");
        Assert.True(messages.Count >= 40, $"Only {messages.Count} of the published messages can stand in a stream");
        byte[] stream = [.. messages.SelectMany(message => message)];
        var expected = messages.ConvertAll(Convert.ToHexString);
        for (var piece = 1; piece <= 1500; piece += piece < 16 ? 1 : 97)
        {
            Assert.Equal(expected, Frames(stream, piece));
        }
    }

    [Fact]
    public void Each_published_message_cut_at_every_octet_is_the_same_message()
    {
        foreach (var message in Published())
        {
            for (var cut = 1; cut < message.Length; cut++)
            {
                var framer = new SipFramer(new SipLimits());
                framer.Append(message.AsSpan(0, cut));
                Assert.Equal(SipFrameKind.Incomplete, framer.Next(out _));
                framer.Append(message.AsSpan(cut));
                Assert.Equal(SipFrameKind.Message, framer.Next(out var frame));
                Assert.True(frame.SequenceEqual(message));
            }
        }
    }

    [Fact]
    public void Torture_in_a_pipeline_does_not_hurt_what_follows_it()
    {
        string[] written =
        [
            Written.Request("OPTIONS").Replace("CSeq: 1", "CSeq: 99999999999"),
            Written.Request("INVITE", body: "OPTIONS sip:inner@127.0.0.1 SIP/2.0\r\n\r\n"),
            Written.Request("OPTIONS").Replace("Content-Length: 0", "content-length\t:\r\n\t 0"),
            Written.Request("OPTIONS").Replace("\"Peer\"", "\"Content-Length: 99\""),
        ];
        var stream = Encoding.UTF8.GetBytes(string.Concat(written));
        for (var piece = 1; piece < 400; piece++) Assert.Equal(written.Select(text => Convert.ToHexString(Encoding.UTF8.GetBytes(text))), Frames(stream, piece));
    }

    private static List<string> Frames(byte[] stream, int piece)
    {
        var framer = new SipFramer(new SipLimits());
        var frames = new List<string>();
        for (var at = 0; at < stream.Length; at += piece)
        {
            framer.Append(stream.AsSpan(at, Math.Min(piece, stream.Length - at)));
            while (framer.Next(out var frame) is not SipFrameKind.Incomplete and var kind)
            {
                Assert.Equal(SipFrameKind.Message, kind);
                frames.Add(Convert.ToHexString(frame));
            }
        }

        return frames;
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
