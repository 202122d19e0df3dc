using System.Net;
using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Headers;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Every reader of strangers' octets: it never throws, costs no more than its input is worth, and what it takes is written to the same.</summary>
public sealed class GrammarFuzzTests
{
    private const int Rounds = 15_000;
    private static readonly SipLimits Limits = new();
    private static readonly AudioCapabilities Ours = new(1, 1, new IPEndPoint(IPAddress.Loopback, 10000), [SdpCodec.Pcmu, SdpCodec.TelephoneEvent]);

    [Fact]
    public void Messages() => Fuzz(
        1,
        octets =>
        {
            var (message, error) = SipParser.Parse(octets, Limits);
            if (error.Kind != SipParseErrorKind.None)
            {
                if (message is SipRequest malformed) _ = malformed.Respond(error.Status, error.Reason, "tag").ToBytes();
                return;
            }

            _ = (message!.From.Tag, message.To.Tag, message.Via.Branch, message.CSeq, message.Contact, message.ContentType, message.CallId);
            var written = message.ToBytes();
            var (again, fault) = SipParser.Parse(written, Limits);
            Assert.True(fault.Kind == SipParseErrorKind.None, $"{fault}");
            Assert.Equal(written, again!.ToBytes());
            Assert.Equal((message.From.ToString(), message.Via.ToString(), message.CSeq), (again.From.ToString(), again.Via.ToString(), again.CSeq));
            if (message is SipRequest request) Assert.True(SipParser.Parse(request.Respond(200, toTag: "t").ToBytes(), Limits).Ok);
        },
        Written.TypicalInvite,
        Written.Invite(headers: "Route: <sip:p1.example.com;lr>, <sip:[2001:db8::1]:5070;lr>\r\n"),
        Written.Request("OPTIONS", headers: "x: folded\r\n value\r\n"));

    [Fact]
    public void Streams()
    {
        var mutator = new Mutator(2);
        byte[][] seeds = [Octets(Written.TypicalInvite + "\r\n\r\n" + Written.Request("OPTIONS")), Octets(Written.Request("MESSAGE", body: "hello") + Written.Request("OPTIONS"))];
        for (var round = 0; round < Rounds / 3; round++)
        {
            var stream = mutator.Change(seeds);
            Assert.Equal(Frames(stream, stream.Length), Frames(stream, 1 + mutator.Below(60)));
        }
    }

    [Fact]
    public void Descriptions() => Fuzz(
        3,
        octets =>
        {
            if (!SessionDescription.TryParse(octets, out var sdp)) return;
            foreach (var media in sdp.Media)
            {
                _ = (media.Codecs().Count(codec => codec.TakesEvent(11)), media.PacketTime, media.MaxPacketTime(), media.Ssrcs(), media.Rtcp(), media.Mid());
                foreach (var crypto in media.Cryptos()) Assert.True(SdpCrypto.TryParse(crypto.ToAttribute().Value, out var same) && same.ToAttribute() == crypto.ToAttribute() && (same.TryKey(out _) | true));
                foreach (var candidate in media.Candidates()) Assert.True(IceCandidate.TryParse(candidate.ToString(), out var same) && same == candidate);
                foreach (var print in sdp.FingerprintsOf(media)) Assert.True(SdpFingerprint.TryParse(print.ToString(), out _));
                _ = (sdp.EndPointOf(media), sdp.DirectionOf(media), sdp.IceOf(media), sdp.SetupOf(media), sdp.IceOptionsOf(media));
            }

            _ = (sdp.Groups("BUNDLE"), sdp.IsIceLite());
            Assert.True(SessionDescription.TryParse(sdp.ToBytes(), out var again));
            Assert.Equal(sdp.ToString(), again.ToString());
            if (AudioOffer.Answer(sdp, Ours) is not { } answer) return;
            Assert.Equal(sdp.Media.Count, answer.Media.Count);
            Assert.Equal(answer.Media.Count, AudioOffer.Again(Ours, answer).Media.Count);
        },
        Written.Sdp + "m=video 4 RTP/AVP 96\r\ni=title\r\nb=AS:64\r\na=rtpmap:96 VP8/90000\r\na=fmtp:96 x=1\r\n",
        Written.Sdp + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4\r\na=ptime:20\r\na=maxptime:60\r\n",
        "v=0\r\no=- 1 2 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\na=group:BUNDLE 0\r\na=ice-lite\r\na=fingerprint:sha-1 00:11:22\r\na=setup:actpass\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:a\r\na=ice-pwd:b\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host\r\na=ssrc:1 cname:x\r\n");

    [Fact]
    public void Bodies() => Fuzz(
        4,
        octets =>
        {
            var (message, error) = SipParser.Parse(octets, Limits);
            if (error.Kind != SipParseErrorKind.None) return;
            _ = SipBody.Sdp(message!, Limits);
            if (!SipBody.TryParts(message!, Limits, out var parts)) return;
            Assert.True(parts.Count <= Limits.MultipartParts);
            foreach (var part in parts) _ = (part.Disposition, part.Handling, part.IsPlain, part.Type.ToString());
        },
        Multipart($"--edge\r\nContent-Type: application/sdp\r\n\r\n{Written.Sdp}\r\n--edge\r\nContent-Type: application/isup\r\nContent-Disposition: signal;handling=optional\r\n\r\n\u0001\r\n--edge--\r\n"),
        Multipart("--edge\r\nContent-Type: multipart/alternative;boundary=\"b\"\r\n\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\ntwo\r\n--b--\r\n--edge--\r\n"));

    [Fact]
    public void Carried_messages() => Fuzz(
        5,
        octets =>
        {
            if (!CpimMessage.TryParse(octets, Limits, out var read)) return;
            var written = read.ToBytes();
            // Without any field of its own it begins with the empty line, which may also stand before the fields.
            if (read.Content.IsEmpty || written[0] == '\r') return;
            Assert.True(CpimMessage.TryParse(written, Limits, out var again));
            Assert.Equal(written, again.ToBytes());
        },
        "From: \"MR SANDERS\" <im:piglet@100akerwood.example>\r\nTo: Depressed Donkey <im:eeyore@100akerwood.example>\r\nDateTime: 2000-12-13T13:40:00-08:00\r\nSubject: the weather\r\nNS: X <mid:x@y>\r\nX.Odd: folded\r\n value\r\n\r\nContent-Type: text/plain; charset=utf-8\r\nContent-ID: <1@example>\r\n\r\nHere is the text.",
        "From: <sip:a@b>\n\nContent-type: text/plain\n\nhello\n");

    [Fact]
    public void Values() => Fuzz(
        6,
        octets =>
        {
            var text = Encoding.UTF8.GetString(octets);
            if (NameAddr.TryParse(text, out var address)) Assert.True(NameAddr.TryParse(address.ToString(), out var same) && same.ToString() == address.ToString(), text);
            if (Via.TryParse(text, out var via)) Assert.True(Via.TryParse(via.ToString(), out var same) && same.ToString() == via.ToString(), text);
            if (SipUri.TryParse(text, out var uri))
            {
                Assert.True(SipUri.TryParse(uri.ToString(), out var same) && same == uri, text);
                _ = (uri.UserName, uri.Address, uri.HeaderFields());
            }

            if (CSeq.TryParse(text, out var cseq)) Assert.True(CSeq.TryParse(cseq.ToString(), out var same) && same == cseq, text);
            if (RAck.TryParse(text, out var rack)) Assert.True(RAck.TryParse(rack.ToString(), out var same) && same == rack, text);
            if (ReasonHeader.TryParse(text, out var reason)) Assert.True(ReasonHeader.TryParse(reason.ToString(), out var same) && same.ToString() == reason.ToString(), text);
            if (ReplacesHeader.TryParse(text, out var replaces)) Assert.True(ReplacesHeader.TryParse(replaces.ToString(), out var same) && same == replaces, text);
            if (EventHeader.TryParse(text, out var subject)) Assert.True(EventHeader.TryParse(subject.ToString(), out var same) && same.ToString() == subject.ToString(), text);
            if (SubscriptionStateHeader.TryParse(text, out var state)) Assert.True(SubscriptionStateHeader.TryParse(state.ToString(), out var same) && same == state, text);
            if (ResourcePriority.TryParse(text, out var priority)) Assert.True(ResourcePriority.TryParse(priority.ToString(), out var same) && same == priority, text);
            if (MediaType.TryParse(text, out var type)) Assert.True(MediaType.TryParse(type.ToString(), out var same) && same.ToString() == type.ToString(), text);
            _ = DigestFields.TryParse(text, out _);
        },
        "\"J \\\\ \\\"R\" <sip:alice%20b:pw@[2001:db8::1]:5061;transport=tcp;lr?subject=x&a=b%20c>;tag=1;q=0.5",
        "sip:bob@example.com:5060;method=INVITE?Replaces=12345%40192.0.2.1%3Bto-tag%3D12%3Bfrom-tag%3D34",
        "SIP / 2.0 / UDP host.example.com:5060 ;branch=z9hG4bK87asdks7;received=[::1];rport",
        "Digest username=\"a\\\"b\", realm=\"hub\", nonce=\"x\", uri=\"sip:a@b\", response=\"0\", qop=auth, nc=00000001",
        "Q.850;cause=16;text=\"Terminated, \\\"so\\\"\"",
        "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff;early-only",
        "776656 1 INVITE",
        "terminated;reason=noresource;retry-after=5",
        "multipart/mixed;boundary=\"x y\"");

    /// <summary>Deterministic and bounded by rounds; a failure names its round's octets.</summary>
    private static void Fuzz(int seed, Action<byte[]> read, params string[] texts)
    {
        var seeds = texts.Select(Octets).ToArray();
        foreach (var good in seeds) read(good);
        var mutator = new Mutator(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var octets = mutator.Change(seeds);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(octets);
            }
            catch (Exception failure)
            {
                Assert.Fail($"Round {round}: {failure}\n{Convert.ToBase64String(octets)}");
            }

            // Reading, writing and reading again: no input may cost more than a fixed multiple of its size.
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 64 * 1024 + 200L * octets.Length, $"Round {round}: {allocated} octets for {octets.Length}\n{Convert.ToBase64String(octets)}");
        }
    }

    private static List<string> Frames(byte[] stream, int piece)
    {
        var framer = new SipFramer(Limits);
        var frames = new List<string>();
        for (var at = 0; at < stream.Length; at += piece)
        {
            framer.Append(stream.AsSpan(at, Math.Min(piece, stream.Length - at)));
            while (framer.Next(out var frame) is not SipFrameKind.Incomplete and var kind)
            {
                // A broken stream is closed; how much of the rest had arrived by then is chance.
                frames.Add(kind == SipFrameKind.Message ? Convert.ToHexString(frame) : kind.ToString());
                if (kind == SipFrameKind.Broken) return frames;
            }
        }

        return frames;
    }

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static string Multipart(string body) => Written.Request("INVITE", body: body).Replace("application/sdp\r\nContent-Length", "multipart/mixed;boundary=edge\r\nContent-Length");
}
