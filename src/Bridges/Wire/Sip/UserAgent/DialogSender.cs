using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Sends the requests of one dialog, and answers their challenges.</summary>
internal sealed class DialogSender(CallCore core, DigestCredentials? credentials)
{
    private UserAgentCore Agent => core.Agent;

    /// <summary>Sends a request; every response comes back in the lane, the last one perhaps made by ourselves.</summary>
    public void Send(string method, SipHeaders extra, ReadOnlyMemory<byte> body, Action<SipResponse> answered) =>
        Send(method, extra, body, answered, attempt: 1);

    /// <summary>Acknowledges a 2xx to an INVITE of that number; gives what to send again when the 2xx comes again.</summary>
    public void Acknowledge(uint number, Action<Action> sent)
    {
        var routed = DialogRequests.Create(core.State, SipMethods.Ack, number, new SipHeaders(), default);
        Agent.Context.Resolve(Agent.Lane, routed.NextHop, core.State.Flow, destination =>
        {
            if (destination is null) return;
            var octets = Agent.Transactions.SendAck(routed.Request, destination);
            sent(() => Agent.Transactions.Transport.Send(octets, destination, static () => { }));
        });
    }

    private void Send(string method, SipHeaders extra, ReadOnlyMemory<byte> body, Action<SipResponse> answered, int attempt)
    {
        var headers = new SipHeaders(extra);
        headers.Add(HeaderNames.UserAgent, Agent.Context.Options.UserAgent);
        var routed = DialogRequests.Create(core.State, method, core.NextCSeq(), headers, body);
        Agent.Context.Resolve(Agent.Lane, routed.NextHop, core.State.Flow, destination =>
        {
            if (destination is null)
            {
                answered(SipResponse.Local(routed.Request, 503, "No Address"));
                return;
            }

            Agent.Transactions.Send(routed.Request, destination, response =>
            {
                if (response.Status is 401 or 407 && attempt < 3 && TryAnswer(response, routed.Request, extra, out var again))
                {
                    Send(method, again, body, answered, attempt + 1);
                    return;
                }

                answered(response);
            });
        });
    }

    private bool TryAnswer(SipResponse challenge, SipRequest request, SipHeaders extra, out SipHeaders again)
    {
        again = new SipHeaders(extra);
        if (credentials is null) return false;
        again.Remove(HeaderNames.Authorization);
        again.Remove(HeaderNames.ProxyAuthorization);
        var answers = DigestClient.Answer(challenge, request.Method, request.Uri, credentials, Agent.Context.Ids.Tag);
        foreach (var (name, value) in answers) again.Add(name, value);
        return answers.Count > 0;
    }
}
