using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Sends one request outside any dialog, and answers its challenge.</summary>
internal sealed class RequestAttempt(UserAgentCore agent, OutgoingRequest outgoing, string callId)
{
    private readonly NameAddr _from = outgoing.From.WithTag(agent.Context.Ids.Tag());
    private readonly TaskCompletionSource<SipResponse> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientRequest? _sent;
    private readonly DigestSession? _digest = agent.Context.Digest(outgoing.Credentials, outgoing.Target);
    private uint _challenges;

    public Task<SipResponse> SendAsync()
    {
        agent.Lane.Post(Send);
        return _done.Task;
    }

    private void Send()
    {
        var uri = outgoing.Target with { Headers = null };
        var headers = new SipHeaders()
            .Add(HeaderNames.MaxForwards, "70")
            .Add(HeaderNames.From, _from.ToString())
            .Add(HeaderNames.To, (outgoing.To ?? new NameAddr(outgoing.Target)).ToString())
            .Add(HeaderNames.CallId, callId)
            .Add(HeaderNames.CSeq, new CSeq(outgoing.FirstNumber + _challenges, outgoing.Method).ToString());
        foreach (var (name, value) in outgoing.Headers) headers.Add(name, value);
        foreach (var (name, value) in _digest?.Answer(outgoing.Method, uri) ?? []) headers.Add(name, value);
        headers.Add(HeaderNames.UserAgent, agent.Context.Options.UserAgent);
        if (outgoing.ContentType is { } type) headers.Add(HeaderNames.ContentType, type);
        var request = new SipRequest(outgoing.Method, uri, headers, outgoing.Body);
        if (outgoing.Destination is { } known) SendTo(request, known);
        else agent.Context.Resolve(agent.Lane, request.Uri, null, found => SendTo(request, found));
    }

    private void SendTo(SipRequest request, SipDestination? destination)
    {
        if (destination is null || !destination.MayCarry(request.Uri))
        {
            _done.TrySetResult(SipResponse.Local(request, 503, "No Address"));
            return;
        }

        outgoing.Sending?.Invoke(destination);
        // The Contact names the way by which the target that is reached may reach us, so it is written for each.
        Func<SipDestination, string>? contact = outgoing.ContactUser is { } user ? target => agent.Context.Contact(user, target) : null;
        _sent = agent.Transactions.Send(request, destination, response => OnResponse(request, response), contact);
    }

    private void OnResponse(SipRequest request, SipResponse response)
    {
        if (response.IsProvisional) return;
        // It may have gone to another target than the first.
        if (_sent is not null) outgoing.Sending?.Invoke(_sent.Destination);
        if (response.Status is 401 or 407 && _challenges < 3 && _digest?.TryTake(response) == true)
        {
            _challenges++;
            Send();
            return;
        }

        _digest?.Conclude(response);
        _done.TrySetResult(response);
    }
}
