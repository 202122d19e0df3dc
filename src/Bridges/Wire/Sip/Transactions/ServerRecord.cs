using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>What is kept of a peer's request until its timers end: the machine and the last response, driven in its lane.</summary>
/// <remarks>
/// Timers J and L keep it for 32 s after the answer, at any rate of calls. So it holds neither the request nor, once nobody
/// waits for an ACK, the call: what it held would live as long, and be carried along by each collection.
/// </remarks>
internal sealed class ServerRecord
{
    private readonly TransactionLayer _layer;
    private readonly TransactionMachine _machine;
    private readonly TimerSet _timers;
    private readonly Via _via;
    private readonly SipSource _source;
    private readonly bool _reliable;
    private TransactionState _state;
    private byte[]? _response;
    private bool _answered;

    public ServerRecord(TransactionLayer layer, TransactionKey key, MergeKey? merge, SipRequest request, SipSource source)
    {
        _layer = layer;
        (Key, Merge) = (key, merge);
        (_via, _source) = (request.Via, source);
        _reliable = source.Transport.IsReliable();
        var isInvite = request.Method == SipMethods.Invite;
        _machine = isInvite ? InviteServerMachine.Step : NonInviteServerMachine.Step;
        _state = isInvite ? TransactionState.Proceeding : TransactionState.Trying;
        _timers = new TimerSet(layer.Lane, layer.Timers, Happen);
    }

    public TransactionKey Key { get; }

    /// <summary>Under what a copy over another path is known; null when it can have none.</summary>
    public MergeKey? Merge { get; }

    /// <summary>Gets the ACK of a 2xx that carries the INVITE's own branch, as peers older than RFC 3261 send it.</summary>
    public Action<SipRequest>? OnAck { get; set; }

    public void Respond(SipResponse response)
    {
        var repeats = _answered && response.IsSuccess && _state == TransactionState.Accepted;
        if (_answered && !repeats) return;
        if (repeats) _layer.Metrics.Retransmitted();
        _answered |= !response.IsProvisional;
        _response = response.ToBytes();
        Happen(response.IsProvisional ? TransactionEvent.SendProvisional
            : response.IsSuccess ? TransactionEvent.SendSuccess : TransactionEvent.SendFailure);
    }

    /// <summary>The same request came again, or an ACK with the same branch.</summary>
    public void ReceiveAgain(SipRequest request)
    {
        if (request.Method != SipMethods.Ack)
        {
            Happen(TransactionEvent.Request);
            return;
        }

        if (_state == TransactionState.Accepted) OnAck?.Invoke(request);
        Happen(TransactionEvent.Ack);
    }

    private void Happen(TransactionEvent happened)
    {
        var step = _machine(_state, happened, _reliable);
        _state = step.Next;
        _timers.Apply(step.Actions);
        if (_state == TransactionState.Terminated) _layer.Forget(this);
        if (!step.Actions.HasFlag(TransactionActions.Send) || _response is null) return;
        if (happened is TransactionEvent.Request or TransactionEvent.TimerG) _layer.Metrics.Retransmitted();
        _layer.SendResponse(_response, _via, _source, () => _layer.Lane.Post(() => Happen(TransactionEvent.TransportError)));
    }
}
