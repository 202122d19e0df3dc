using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>The reliable provisional responses to one INVITE, one under way at a time (RFC 3262 section 3), in its lane.</summary>
internal sealed class ReliableProvisionals(UserAgentCore agent, ServerTransaction invite, Action unacknowledged)
{
    private readonly Queue<SipResponse> _waiting = new();
    private SipResponse? _current;
    private LaneTimer? _next;
    private LaneTimer? _end;
    private TimeSpan _interval;
    private uint _number;
    private bool _stopped;

    /// <summary>Whether the INVITE asks for them, or at least takes them.</summary>
    public static bool Wanted(SipRequest invite) => Required(invite) || invite.Lists(HeaderNames.Supported, RequestScreen.ReliableOptionTag);

    public static bool Required(SipRequest invite) => invite.Lists(HeaderNames.Require, RequestScreen.ReliableOptionTag);

    /// <summary>Whether a description waits to be acknowledged: no 2xx may go out before (section 3).</summary>
    public bool HoldsBack { get; private set; }

    /// <summary>Whether any was sent, whose PRACK may still be under way.</summary>
    public bool WereSent => _number != 0;

    /// <summary>Sends the response, or lets it wait for the one before.</summary>
    public void Send(SipResponse response, bool describes)
    {
        if (_stopped) return;
        HoldsBack |= describes;
        _waiting.Enqueue(response);
        Pump();
    }

    /// <summary>Whether a PRACK acknowledges the response under way, which is then no longer repeated.</summary>
    public bool TryAcknowledge(SipRequest prack)
    {
        if (_current is null || !TryReadAck(prack, out var number, out var cseq)) return false;
        if (number != _number || cseq != invite.Request.CSeq) return false;
        _current = null;
        StopTimers();
        if (_waiting.Count == 0) HoldsBack = false;
        Pump();
        return true;
    }

    /// <summary>A final response went out: nothing is repeated any more, and the PRACK of the last one is still taken.</summary>
    public void Stop()
    {
        _stopped = true;
        _waiting.Clear();
        StopTimers();
    }

    private void Pump()
    {
        if (_stopped || _current is not null || !_waiting.TryDequeue(out var next)) return;
        _current = next;
        // Section 3: the first number is chosen at random, so that a replayed PRACK fits no other INVITE.
        _number = _number == 0 ? (uint)agent.Context.Ids.Below(1_000_000) + 1 : _number + 1;
        next.Headers.Add(HeaderNames.Require, RequestScreen.ReliableOptionTag).Add(HeaderNames.RSeq, _number.ToString());
        _interval = agent.Context.Options.Timers.T1;
        invite.Respond(next);
        _next = agent.Lane.Schedule(_interval, Repeat);
        _end = agent.Lane.Schedule(agent.Context.Options.Timers.Long, () =>
        {
            StopTimers();
            unacknowledged();
        });
    }

    private void Repeat()
    {
        invite.Respond(_current!);
        _interval *= 2;
        _next = agent.Lane.Schedule(_interval, Repeat);
    }

    private void StopTimers()
    {
        _next?.Stop();
        _end?.Stop();
    }

    private static bool TryReadAck(SipRequest prack, out uint number, out CSeq cseq)
    {
        number = 0;
        cseq = default;
        var value = HeaderLexer.Trim(prack.Headers[HeaderNames.RAck]);
        var space = value.IndexOfAny(' ', '\t');
        return space > 0 && HeaderLexer.TryNumber(value[..space], uint.MaxValue, out number) && CSeq.TryParse(value[space..], out cseq);
    }
}
