using System.Text;
using CsCheck;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>A bounded mutator: no octets may crash the parser, and what it takes can be written again.</summary>
public sealed class MessageFuzzTests
{
    private static readonly byte[][] Seeds =
    [
        Encoding.UTF8.GetBytes(Written.Invite(headers: "Record-Route: <sip:p1.example.com;lr>, <sip:[2001:db8::1]:5070;lr>\r\nSession-Expires: 1800;refresher=uac\r\n")),
        Encoding.UTF8.GetBytes(Written.Request("OPTIONS", headers: "i2: folded\r\n value\r\nAuthorization: Digest username=\"a\\\"b\", realm=\"hub\", nonce=\"x\"\r\n")),
        "SIP/2.0 200 = 2**3 * 5**2 \u043d\u043e\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx;received=[::1]\r\nf: <sip:a@b>;tag=1\r\nt: c <sip:d@e:1;x=y?z=1>;tag=2\r\ni: q\r\nCSeq: 1 INVITE\r\nl: 0\r\n\r\n"u8.ToArray(),
    ];

    private static readonly byte[] Odd = "\r\n \t:;,<>\"\\@=?%[]*"u8.ToArray();

    private static readonly Gen<byte[]> Mutated =
        Gen.Select(Gen.Int[0, Seeds.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.Int[0, Odd.Length - 1].Select(at => Odd[at]))).Array[0, 12])
            .Select((seed, edits) => Mutate(Seeds[seed], edits));

    [Fact]
    public void Whatever_parses_is_written_so_that_it_parses_to_the_same() => Mutated.Sample(octets =>
    {
        var (message, error) = SipParser.Parse(octets, new SipLimits());
        if (error.Kind != SipParseErrorKind.None) return;
        _ = (message!.Contact, message.ContentType, message.Via, message.CSeq, message.From, message.To);
        var written = message.ToBytes();
        var (again, fault) = SipParser.Parse(written, new SipLimits());
        Assert.True(fault.Kind == SipParseErrorKind.None, $"{fault}\n{Encoding.UTF8.GetString(written)}");
        Assert.Equal(written, again!.ToBytes());
    }, iter: 30_000);

    [Fact]
    public void A_malformed_request_can_always_be_refused() => Mutated.Sample(octets =>
    {
        var (message, error) = SipParser.Parse(octets, new SipLimits());
        if (message is SipRequest request && error.Kind != SipParseErrorKind.None) _ = request.Respond(400, error.Reason, "tag").ToBytes();
    }, iter: 30_000);

    [Fact]
    public void A_stream_gives_the_same_frames_however_it_is_cut() => Gen.Select(Mutated, Gen.Int[1, 40]).Sample((octets, piece) =>
    {
        var whole = Frames(octets, octets.Length);
        Assert.Equal(whole, Frames(octets, piece));
    }, iter: 5_000);

    private static List<string> Frames(byte[] octets, int piece)
    {
        var framer = new SipFramer(new SipLimits());
        var frames = new List<string>();
        for (var at = 0; at < octets.Length; at += piece)
        {
            framer.Append(octets.AsSpan(at, Math.Min(piece, octets.Length - at)));
            while (true)
            {
                var kind = framer.Next(out var frame);
                if (kind == SipFrameKind.Incomplete) break;
                // A broken stream is closed; how much of the rest had arrived by then is chance.
                frames.Add(kind == SipFrameKind.Message ? Convert.ToHexString(frame) : kind.ToString());
                if (kind == SipFrameKind.Broken) return frames;
            }
        }

        return frames;
    }

    private static byte[] Mutate(byte[] seed, (int Place, int Kind, byte Value)[] edits)
    {
        var octets = seed.ToList();
        foreach (var (place, kind, value) in edits)
        {
            if (octets.Count == 0) break;
            var at = place % octets.Count;
            if (kind == 0) octets[at] = value;
            else if (kind == 1) octets.Insert(at, value);
            else if (kind == 2) octets.RemoveAt(at);
            else octets.InsertRange(at, octets.GetRange(at, Math.Min(value, octets.Count - at)));
        }

        return [.. octets];
    }
}
