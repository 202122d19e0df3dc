using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>One dialog and the usages that share its numbering and its route (RFC 3261 section 12, RFC 5057).</summary>
/// <remarks>All members belong to the lane, but for <see cref="State"/>, which any thread may read.</remarks>
internal sealed class Dialog
{
    private readonly DigestCredentials? _credentials;
    private volatile DialogState _state;
    private DialogSubscriptions? _subscriptions;

    public Dialog(UserAgentCore agent, DialogState state, DigestCredentials? credentials)
    {
        Agent = agent;
        _state = state;
        _credentials = credentials;
    }

    public UserAgentCore Agent { get; }

    public DialogState State => _state;

    /// <summary>What lives in the dialog beside its call, or without one.</summary>
    public DialogSubscriptions Subscriptions => _subscriptions ??= new DialogSubscriptions(this);

    public DialogState Replace(DialogState state) => _state = state;

    /// <summary>Our Contact, over the transport of the dialog.</summary>
    public string Contact => Agent.Context.Contact(_state.ContactUser, _state.Flow, _state.Secure);

    /// <summary>The URI of it.</summary>
    public SipUri ContactUri => Agent.Context.ContactUri(_state.ContactUser, _state.Flow, _state.Secure);

    /// <summary>Whether a request comes in order (section 12.2.2); its number is remembered. One out of order is answered here.</summary>
    public bool Takes(ServerTransaction transaction)
    {
        var number = transaction.Request.CSeq.Number;
        if (number < _state.RemoteCSeq)
        {
            Agent.Reply(transaction, new SipReply(500, "CSeq Out Of Order"), null);
            return false;
        }

        _state = _state with { RemoteCSeq = number };
        return true;
    }

    /// <summary>Sends a request; every response comes back in the lane, the last one perhaps made by ourselves.</summary>
    public void Send(string method, SipHeaders extra, ReadOnlyMemory<byte> body, Action<SipResponse> answered) =>
        Send(method, extra, body, answered, digest: null, attempt: 1);

    /// <summary>Acknowledges a 2xx to an INVITE of that number; gives what to send again when the 2xx comes again.</summary>
    public void Acknowledge(uint number, ReadOnlyMemory<byte> answer, Action<Action> sent)
    {
        var headers = new SipHeaders();
        if (!answer.IsEmpty) headers.Add(HeaderNames.ContentType, SessionDescription.MediaType);
        var routed = DialogRequests.Create(_state, SipMethods.Ack, number, headers, answer);
        Agent.Context.Resolve(Agent.Lane, routed.NextHop, _state.Flow, destination =>
        {
            if (destination is null || !destination.MayCarry(routed.Request.Uri)) return;
            var octets = Agent.Transactions.SendAck(routed.Request, destination);
            sent(() => Agent.Transactions.Transport.Send(octets, destination, static () => { }));
        });
    }

    /// <summary>Answers a request with what a dialog needs beside the reply: our tag, the recorded route, our Contact.</summary>
    public void Respond(ServerTransaction transaction, SipReply reply) => transaction.Respond(BuildResponse(transaction, reply));

    /// <summary>The answer that <see cref="Respond"/> sends.</summary>
    public SipResponse BuildResponse(ServerTransaction transaction, SipReply reply)
    {
        var response = Agent.BuildResponse(transaction.Request, reply, _state.LocalTag);
        foreach (var route in transaction.Request.Headers.All(HeaderNames.RecordRoute)) response.Headers.Add(HeaderNames.RecordRoute, route);
        response.Headers.Add(HeaderNames.Contact, Agent.Context.Contact(_state.ContactUser, transaction.Source, _state.Secure));
        return response;
    }

    /// <summary>A usage is over; the dialog is forgotten with its last one.</summary>
    public void Leave(IDialogUsage usage)
    {
        if (_subscriptions is null or { IsEmpty: true }) Agent.Unregister(_state.Id, usage);
        else Agent.Register(_state.Id, new SubscriptionDialog(this));
    }

    private void Send(string method, SipHeaders extra, ReadOnlyMemory<byte> body, Action<SipResponse> answered, DigestSession? digest, int attempt)
    {
        var headers = new SipHeaders(extra);
        headers.Add(HeaderNames.UserAgent, Agent.Context.Options.UserAgent);
        _state = _state with { LocalCSeq = _state.LocalCSeq + 1 };
        var routed = DialogRequests.Create(_state, method, _state.LocalCSeq, headers, body);
        digest ??= Agent.Context.Digest(_credentials, routed.Request.Uri);
        foreach (var (name, value) in digest?.Answer(method, routed.Request.Uri) ?? []) routed.Request.Headers.Add(name, value);
        Agent.Context.Resolve(Agent.Lane, routed.NextHop, _state.Flow, destination =>
        {
            if (destination is null || !destination.MayCarry(routed.Request.Uri))
            {
                answered(SipResponse.Local(routed.Request, 503, "No Address"));
                return;
            }

            Agent.Transactions.Send(routed.Request, destination, response =>
            {
                if (response.Status is 401 or 407 && attempt < 3 && digest?.TryTake(response) == true)
                {
                    Send(method, extra, body, answered, digest, attempt + 1);
                    return;
                }

                if (!response.IsProvisional) digest?.Conclude(response);
                answered(response);
            });
        });
    }
}
