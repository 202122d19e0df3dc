using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>A request of ours on its way: drives its machine, in its lane.</summary>
internal sealed class ClientTransaction
{
    private readonly TransactionLayer _layer;
    private readonly TransactionMachine _machine;
    private readonly TimerSet _timers;
    private readonly Action<SipResponse> _user;
    private readonly byte[] _octets;
    private readonly bool _reliable;
    private TransactionState _state;
    private bool _sentOnce;

    public ClientTransaction(TransactionLayer layer, SipRequest request, SipDestination destination, Action<SipResponse> user)
    {
        _layer = layer;
        _user = user;
        Request = request;
        Destination = destination;
        _octets = request.ToBytes();
        _reliable = destination.Transport.IsReliable();
        var isInvite = request.Method == SipMethods.Invite;
        _machine = isInvite ? InviteClientMachine.Step : NonInviteClientMachine.Step;
        _state = isInvite ? TransactionState.Calling : TransactionState.Trying;
        _timers = new TimerSet(layer.Lane, layer.Timers, letter => Happen(letter, null));
    }

    public SipRequest Request { get; }

    public SipDestination Destination { get; }

    /// <summary>Octets of the request.</summary>
    public int Size => _octets.Length;

    /// <summary>Whether a CANCEL may be sent (RFC 3261 section 9.1: only after a provisional response).</summary>
    public bool IsProceeding => _state == TransactionState.Proceeding;

    public void Start() => Happen(TransactionEvent.Started, null);

    public void Receive(SipResponse response) => Happen(
        response.IsProvisional ? TransactionEvent.Provisional : response.IsSuccess ? TransactionEvent.Success : TransactionEvent.Failure,
        response);

    /// <summary>Once the peer has answered at all, it knows the request and may go on over another stream.</summary>
    public void OnFlowLost(SipDestination flow)
    {
        if (_state is not (TransactionState.Calling or TransactionState.Trying)) return;
        if (flow.Transport == Destination.Transport && flow.EndPoint.Equals(Destination.EndPoint)) Happen(TransactionEvent.TransportError, null);
    }

    private void Happen(TransactionEvent happened, SipResponse? response)
    {
        var step = _machine(_state, happened, _reliable);
        _state = step.Next;
        _timers.Apply(step.Actions);
        if (_state == TransactionState.Terminated) _layer.Forget(this);
        if (step.Actions.HasFlag(TransactionActions.Send)) SendRequest();
        if (step.Actions.HasFlag(TransactionActions.SendAck)) SendAck(response!);
        if (step.Actions.HasFlag(TransactionActions.PassUp)) _user(response!);
        if (step.Actions.HasFlag(TransactionActions.ReportTimeout)) _user(SipResponse.Local(Request, 408, "Request Timeout"));
        if (step.Actions.HasFlag(TransactionActions.ReportTransportError)) _user(SipResponse.Local(Request, 503, "Transport Failed"));
    }

    private void SendRequest()
    {
        if (_sentOnce) _layer.Metrics.Retransmitted();
        _sentOnce = true;
        _layer.Transport.Send(_octets, Destination, () => _layer.Lane.Post(() => Happen(TransactionEvent.TransportError, null)));
    }

    /// <summary>RFC 3261 section 17.1.1.3: same Via branch and Request-URI, To of the response.</summary>
    private void SendAck(SipResponse response)
    {
        var headers = new SipHeaders()
            .Add(HeaderNames.Via, Request.Headers[HeaderNames.Via]!)
            .Add(HeaderNames.MaxForwards, "70")
            .Add(HeaderNames.From, Request.Headers[HeaderNames.From]!)
            .Add(HeaderNames.To, response.Headers[HeaderNames.To]!)
            .Add(HeaderNames.CallId, Request.CallId)
            .Add(HeaderNames.CSeq, new CSeq(Request.CSeq.Number, SipMethods.Ack).ToString());
        foreach (var route in Request.Headers.All(HeaderNames.Route)) headers.Add(HeaderNames.Route, route);
        var ack = new SipRequest(SipMethods.Ack, Request.Uri, headers);
        _layer.Transport.Send(ack.ToBytes(), Destination, static () => { });
    }
}
