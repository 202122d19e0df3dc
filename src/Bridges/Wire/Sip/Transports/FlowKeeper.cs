namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Keeps the way to one peer open, through NATs and firewalls, and closes a stream whose peer no longer answers (RFC 5626 section 4.4).</summary>
internal sealed class FlowKeeper : IDisposable
{
    private static readonly byte[] Datagram = "\r\n\r\n"u8.ToArray();

    private readonly TransportLayer _transport;
    private readonly SipDestination _flow;
    private readonly TimeSpan _every;
    private readonly TimeSpan _pong;
    private readonly Func<int, int> _below;
    private readonly ITimer _ping;
    private readonly ITimer _answer;

    /// <param name="transport">What has the flow.</param>
    /// <param name="flow">The peer.</param>
    /// <param name="every">The longest time between two pings.</param>
    /// <param name="pong">How long an answer may take.</param>
    /// <param name="below">Draws lots.</param>
    /// <param name="time">The clock.</param>
    public FlowKeeper(TransportLayer transport, SipDestination flow, TimeSpan every, TimeSpan pong, Func<int, int> below, TimeProvider time)
    {
        (_transport, _flow, _every, _pong, _below) = (transport, flow, every, pong, below);
        _answer = time.CreateTimer(_ => _transport.Find(_flow)?.CloseIfUnanswered(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ping = time.CreateTimer(_ => Ping(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wait();
    }

    public void Dispose()
    {
        _ping.Dispose();
        _answer.Dispose();
    }

    private void Ping()
    {
        if (_flow.Transport == SipTransportKind.Udp) _transport.Send(Datagram, _flow, static () => { });
        else if (_transport.Find(_flow)?.TryPing() == true) _answer.Change(_pong, Timeout.InfiniteTimeSpan);
        Wait();
    }

    /// <summary>Section 4.4.1: "a random number between 80% and 100%", or all flows that one outage broke would ping as one.</summary>
    private void Wait() => _ping.Change(_every * ((80 + _below(21)) / 100.0), Timeout.InfiniteTimeSpan);
}
