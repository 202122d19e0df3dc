using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>Who takes what the transactions of a lane deliver.</summary>
internal interface ITransactionUser
{
    /// <summary>The name of the limit that a request not seen before is over, or null; asked before anything is kept of it.</summary>
    string? Refuse(SipRequest request, SipSource source);

    /// <summary>A request that was not seen before; ACK never comes here.</summary>
    void OnRequest(ServerTransaction transaction);

    /// <summary>The ACK of a 2xx, which is no part of a transaction.</summary>
    void OnAck(SipRequest ack);
}

/// <summary>The transactions of one lane: matching, creation, the end of each.</summary>
internal sealed class TransactionLayer(Lane lane, ISipSender transport, SipTimers timers, int datagramBytes, Quota quota, SipIdentifiers ids, SipMetrics metrics, ITransactionUser user)
{
    private readonly Dictionary<TransactionKey, ServerRecord> _servers = [];
    private readonly Dictionary<MergeKey, ServerRecord> _merged = [];
    private readonly Dictionary<(string Branch, string Method), ClientTransaction> _clients = [];

    public Lane Lane => lane;

    public ISipSender Transport => transport;

    public SipTimers Timers => timers;

    /// <summary>A request larger than this takes a stream, where there is one.</summary>
    public int DatagramBytes => datagramBytes;

    public SipMetrics Metrics => metrics;

    public void Receive(SipResponse response)
    {
        // RFC 3261 section 8.1.3.3: a response with more than one Via was meant for somebody else.
        if (response.Headers.CountValues(HeaderNames.Via) == 1
            && _clients.TryGetValue((response.Via.Branch ?? "", response.CSeq.Method), out var transaction))
        {
            transaction.Receive(response);
        }
        else
        {
            metrics.Dropped("unmatched_response");
        }
    }

    public void Receive(SipRequest request, SipSource source)
    {
        var key = TransactionKey.OfRequest(request);
        if (_servers.TryGetValue(key, out var known))
        {
            known.ReceiveAgain(request);
            return;
        }

        if (request.Method == SipMethods.Ack)
        {
            user.OnAck(request);
            return;
        }

        MergeKey? merge = request.To.Tag is null && request.Method != SipMethods.Cancel ? MergeKey.Of(request) : null;
        if (merge is { } same && _merged.ContainsKey(same))
        {
            RespondStateless(request, source, request.Respond(482, toTag: ids.Tag()));
            return;
        }

        var limit = user.Refuse(request, source) ?? (quota.TryTake() ? null : "transaction_limit");
        if (limit is not null)
        {
            var busy = request.Respond(503, toTag: ids.Tag());
            busy.Headers.Add(HeaderNames.RetryAfter, "10");
            metrics.Refused(limit);
            RespondStateless(request, source, busy);
            return;
        }

        var record = new ServerRecord(this, key, merge, request, source);
        _servers.Add(key, record);
        if (merge is { } kept) _merged[kept] = record;
        metrics.TransactionStarted();
        user.OnRequest(new ServerTransaction(record, request, source));
    }

    /// <summary>A stream ended. What was written to it may never have been read: TLS 1.3 refuses a client after its first message.</summary>
    public void OnFlowLost(SipDestination flow)
    {
        foreach (var transaction in _clients.Values.ToList()) transaction.OnFlowLost(flow);
    }

    /// <summary>Whether a request was sent by ourselves and has come back with the same Request-URI (RFC 3261 section 16.3).</summary>
    public bool IsOurOwn(SipRequest request)
    {
        foreach (var value in request.Headers.Values(HeaderNames.Via))
        {
            if (Via.TryParse(value, out var via) && _clients.TryGetValue((via.Branch ?? "", request.Method), out var sent)
                && sent.Request.Uri.ToString() == request.Uri.ToString()) return true;
        }

        return false;
    }

    public ServerRecord? FindCancelled(SipRequest cancel) => _servers.GetValueOrDefault(TransactionKey.OfCancelled(cancel));

    /// <summary>Sends a request that has no Via yet; every response, also one that we make ourselves, goes to the caller.</summary>
    /// <param name="request">The request.</param>
    /// <param name="destination">Where it goes first.</param>
    /// <param name="answered">Called in the lane.</param>
    /// <param name="contact">Our Contact for where it goes, in requests that have one and may go to several targets.</param>
    public ClientRequest Send(SipRequest request, SipDestination destination, Action<SipResponse> answered, Func<SipDestination, string>? contact = null)
    {
        var sent = new ClientRequest(this, request, destination, contact, answered);
        sent.Start();
        return sent;
    }

    /// <summary>A transaction that is not started yet.</summary>
    public ClientTransaction Create(SipRequest request, SipDestination destination, Action<SipResponse> answered) =>
        new(this, StampVia(request, destination, ids.Branch()), destination, answered);

    public void Track(ClientTransaction transaction)
    {
        _clients.Add((transaction.Request.Via.Branch!, transaction.Request.Method), transaction);
        metrics.TransactionStarted();
        transaction.Start();
    }

    /// <summary>Cancels an INVITE: same Request-URI, branch and way (RFC 3261 section 9.1).</summary>
    /// <param name="invite">What is cancelled.</param>
    /// <param name="reason">The value of a Reason field, or null.</param>
    public void Cancel(ClientRequest invite, string? reason)
    {
        var original = invite.Request;
        var headers = new SipHeaders()
            .Add(HeaderNames.Via, original.Headers[HeaderNames.Via]!)
            .Add(HeaderNames.MaxForwards, "70")
            .Add(HeaderNames.From, original.Headers[HeaderNames.From]!)
            .Add(HeaderNames.To, original.Headers[HeaderNames.To]!)
            .Add(HeaderNames.CallId, original.CallId)
            .Add(HeaderNames.CSeq, new CSeq(original.CSeq.Number, SipMethods.Cancel).ToString());
        foreach (var route in original.Headers.All(HeaderNames.Route)) headers.Add(HeaderNames.Route, route);
        if (reason is not null) headers.Add(HeaderNames.Reason, reason);
        Track(new ClientTransaction(this, new SipRequest(SipMethods.Cancel, original.Uri, headers), invite.Destination, static _ => { }));
    }

    /// <summary>Sends the ACK of a 2xx; kept by its dialog, which sends the same octets for each repeated 2xx.</summary>
    public byte[] SendAck(SipRequest ack, SipDestination destination)
    {
        var octets = StampVia(ack, destination, ids.Branch()).ToBytes();
        transport.Send(octets, destination, static () => { });
        return octets;
    }

    public void SendResponse(byte[] response, Via via, SipSource source, Action failed) =>
        transport.Send(response, ResponseRoute.Of(via, source, transport), failed);

    public void RespondStateless(SipRequest request, SipSource source, SipResponse response) =>
        SendResponse(response.ToBytes(), request.Via, source, static () => { });

    public void Forget(ClientTransaction transaction)
    {
        if (_clients.Remove((transaction.Request.Via.Branch!, transaction.Request.Method))) metrics.TransactionEnded();
    }

    public void Forget(ServerRecord record)
    {
        if (!_servers.Remove(record.Key)) return;
        if (record.Merge is { } merge && _merged.TryGetValue(merge, out var same) && ReferenceEquals(same, record)) _merged.Remove(merge);
        quota.Release();
        metrics.TransactionEnded();
    }

    /// <summary>RFC 3581 section 3: rport over every transport. RFC 5923 section 5.1: alias, where our certificate proves who we are.</summary>
    private string ViaFor(SipDestination destination, string branch) =>
        $"SIP/2.0/{destination.Transport.ViaName()} {transport.AddressFor(destination)};branch={branch};rport{(destination.Transport == SipTransportKind.Tls ? ";alias" : "")}";

    private SipRequest StampVia(SipRequest request, SipDestination destination, string branch)
    {
        var headers = new SipHeaders().Add(HeaderNames.Via, ViaFor(destination, branch));
        foreach (var (name, value) in request.Headers) headers.Add(name, value);
        return new SipRequest(request.Method, request.Uri, headers, request.Body);
    }
}
