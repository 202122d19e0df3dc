using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Repeats the 2xx to an INVITE until its ACK comes, over every transport (RFC 3261 section 13.3.1.4).</summary>
internal sealed class SuccessRepeater(UserAgentCore agent, ServerTransaction invite, SipResponse response, bool awaitsAnswer, Action unacknowledged)
{
    private readonly SipTimers _timers = agent.Context.Options.Timers;
    private LaneTimer? _next;
    private LaneTimer? _end;
    private TimeSpan _interval;

    public uint Number => invite.Request.CSeq.Number;

    /// <summary>Whether the ACK has to bring the answer to our offer.</summary>
    public bool AwaitsAnswer => awaitsAnswer;

    public void Start()
    {
        _interval = _timers.T1;
        invite.Respond(response);
        _next = agent.Lane.Schedule(_interval, Repeat);
        _end = agent.Lane.Schedule(_timers.Long, () =>
        {
            Stop();
            unacknowledged();
        });
    }

    public void Stop()
    {
        _next?.Stop();
        _end?.Stop();
        invite.AwaitAck(null);
    }

    private void Repeat()
    {
        invite.Respond(response);
        _interval = _interval * 2 < _timers.T2 ? _interval * 2 : _timers.T2;
        _next = agent.Lane.Schedule(_interval, Repeat);
    }
}
