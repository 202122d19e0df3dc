using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>A request of a peer that is being answered: drives its machine, in its lane.</summary>
internal sealed class ServerTransaction
{
    private readonly TransactionLayer _layer;
    private readonly TransactionMachine _machine;
    private readonly TimerSet _timers;
    private readonly bool _reliable;
    private TransactionState _state;
    private byte[]? _response;

    public ServerTransaction(TransactionLayer layer, TransactionKey key, SipRequest request, SipSource source)
    {
        _layer = layer;
        Key = key;
        Request = request;
        Source = source;
        _reliable = source.Transport.IsReliable();
        var isInvite = request.Method == SipMethods.Invite;
        _machine = isInvite ? InviteServerMachine.Step : NonInviteServerMachine.Step;
        _state = isInvite ? TransactionState.Proceeding : TransactionState.Trying;
        _timers = new TimerSet(layer.Lane, layer.Timers, letter => Happen(letter));
    }

    public TransactionKey Key { get; }

    public SipRequest Request { get; }

    public SipSource Source { get; }

    /// <summary>Whether a final response has gone out.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Gets the ACK of a 2xx that carries the INVITE's own branch, as peers older than RFC 3261 send it.</summary>
    public Action<SipRequest>? OnAck { get; set; }

    /// <summary>Sends a response; a second final one is sent only when it repeats a 2xx to INVITE.</summary>
    public void Respond(SipResponse response)
    {
        var repeats = IsAnswered && response.IsSuccess && _state == TransactionState.Accepted;
        if (IsAnswered && !repeats) return;
        if (repeats) _layer.Metrics.Retransmitted();
        IsAnswered |= !response.IsProvisional;
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
        _layer.SendResponse(_response, Request.Via, Source, () => _layer.Lane.Post(() => Happen(TransactionEvent.TransportError)));
    }
}
