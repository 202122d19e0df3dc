using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;

namespace Interop.Tests.Bench.Cluster;

/// <summary>One phone in a room: it sends a tone or silence, and remembers when a tone arrived and from where anything did.</summary>
internal sealed class GapPhone : ICallHandler, IDisposable
{
    private const int HeaderBytes = 12;
    private const int FrameSamples = 160;
    private const byte Silence = 0xFF;
    private static readonly byte[] s_tone = [.. Enumerable.Range(0, FrameSamples).Select(static at => at / 8 % 2 == 0 ? (byte)0x90 : (byte)0x10)];

    private readonly Socket _voice = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Lock _gate = new();
    private readonly List<(long At, IPAddress From, bool Tone)> _heard = [];
    private readonly byte[] _packet = new byte[HeaderBytes + FrameSamples];
    private readonly uint _source = (uint)Random.Shared.Next();
    private Call? _call;
    private volatile IPEndPoint? _remote;
    private uint _sent;

    public GapPhone(string room, bool talks)
    {
        (Room, Talks) = (room, talks);
        _voice.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (talks) s_tone.CopyTo(_packet.AsSpan(HeaderBytes));
        else _packet.AsSpan(HeaderBytes).Fill(Silence);
        _ = ListenAsync();
    }

    public string Room { get; }

    public bool Talks { get; }

    /// <summary>How the call ended; null while it is up.</summary>
    public CallEnd? End { get; private set; }

    /// <summary>The node that carries its voice, and the one that answers for its call.</summary>
    public (string Voice, string Signalling) Nodes => (_remote?.Address.ToString() ?? "", SipUri.TryParse(_call?.State.RemoteTarget ?? "", out var target) ? target.Host : "");

    private AudioCapabilities Ours => new(1, 1, (IPEndPoint)_voice.LocalEndPoint!, [SdpCodec.Pcmu]);

    /// <summary>Calls the room; null when it is in, or why not.</summary>
    public async Task<string?> CallAsync(SipStack stack, IPEndPoint hub, int number)
    {
        var outcome = await stack.Invite(new OutgoingInvite
        {
            From = new NameAddr(SipUri.Create($"unit{number}", stack.LocalEndPoint.Address.ToString(), stack.LocalEndPoint.Port)),
            Target = SipUri.Create(Room, hub.Address.ToString(), hub.Port),
            Offer = AudioOffer.Create(Ours),
        }).Completion;
        if (outcome is not CallOutcome.Answered answered) return outcome is CallOutcome.Failed failed ? $"{failed.Status} {failed.Reason}" : "no answer";
        Follow(answered.Remote);
        _call = answered.Call;
        _call.Handler = this;
        return null;
    }

    /// <summary>Sends its 20 ms.</summary>
    public void Send()
    {
        if (_remote is not { } remote) return;
        var number = _sent++;
        _packet[0] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), (ushort)number);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), number * FrameSamples);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(8), _source);
        try
        {
            _voice.SendTo(_packet, remote);
        }
        catch (SocketException)
        {
            // The node's port is gone, which the system tells with the next packet.
        }
    }

    /// <summary>The longest time between two packets with a tone, from the last one before the beginning to the end.</summary>
    public TimeSpan Gap(long from, long until)
    {
        lock (_gate)
        {
            var times = _heard.Where(heard => heard.Tone && heard.At <= until).Select(static heard => heard.At).ToArray();
            var first = Math.Max(0, Array.FindLastIndex(times, at => at <= from));
            return times[first..].Append(until).Prepend(Math.Min(from, times.Length == 0 ? from : times[first]))
                .Zip(times[first..].Append(until), static (one, next) => Stopwatch.GetElapsedTime(one, next)).Max();
        }
    }

    /// <summary>Packets of a node that came after the first of another.</summary>
    public int After(string node, long from)
    {
        lock (_gate)
        {
            var taken = _heard.FindIndex(heard => heard.At > from && heard.From.ToString() != node);
            return taken < 0 ? 0 : _heard.Skip(taken).Count(heard => heard.From.ToString() == node);
        }
    }

    public SessionDescription? OnOffer(Call call, SessionDescription offer)
    {
        Follow(offer);
        return AudioOffer.Answer(offer, Ours);
    }

    public void OnLateAnswer(Call call, SessionDescription answer) => Follow(answer);

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => ValueTask.FromResult(SipReply.Ok);

    public void OnStateChanged(Call call, DialogState state) { }

    public void OnEnded(Call call, CallEnd end) => End = end;

    public Task HangUpAsync() => _call?.ByeAsync() ?? Task.CompletedTask;

    public void Dispose() => _voice.Dispose();

    private void Follow(SessionDescription theirs)
    {
        if (AudioOffer.Agreed(theirs) is { } audio) _remote = theirs.EndPointOf(audio);
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[2_048];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var known = new IPEndPoint(IPAddress.Any, 0);
        while (true)
            try
            {
                var length = await _voice.ReceiveFromAsync(buffer, SocketFlags.None, from);
                var at = Stopwatch.GetTimestamp();
                if (length <= HeaderBytes) continue;
                lock (_gate) _heard.Add((at, ((IPEndPoint)known.Create(from)).Address, IsTone(buffer.AsSpan(HeaderBytes, length - HeaderBytes))));
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // What was sent before found no port; what comes is another matter.
            }
            catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
            {
                return;
            }
    }

    // The lower the code without its sign, the louder (G.711, mu-law).
    private static bool IsTone(ReadOnlySpan<byte> coded)
    {
        var loud = 0;
        foreach (var code in coded)
            if ((code & 0x7F) < 0x50) loud++;
        return loud > coded.Length / 2;
    }
}
