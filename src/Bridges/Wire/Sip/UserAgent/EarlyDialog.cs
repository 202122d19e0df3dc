using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>One fork of a call of ours that is not answered yet: its dialog, its reliable responses, its early media. It belongs to the lane.</summary>
internal sealed class EarlyDialog : IDialogUsage
{
    private readonly OutgoingInvite _invite;
    private readonly Action<SessionDescription> _heard;
    private readonly Action<string> _failed;
    private uint? _lastNumber;

    public EarlyDialog(Dialog dialog, OutgoingInvite invite, OutgoingCall ringing, Action<SessionDescription> heard, Action<string> failed)
    {
        (Dialog, _invite, Ringing, _heard, _failed) = (dialog, invite, ringing, heard, failed);
        Negotiation = new EarlyNegotiation(dialog, () => invite.AnswerOffer);
        if (invite.Offer is { } offer) Negotiation.Offered(offer);
    }

    public Dialog Dialog { get; }

    /// <summary>The call that rings.</summary>
    public OutgoingCall Ringing { get; }

    public EarlyNegotiation Negotiation { get; }

    /// <summary>A provisional response with this fork's tag.</summary>
    public void OnProvisional(SipResponse response)
    {
        var described = SipBody.TrySdp(response, Dialog.Agent.Context.Options.Limits, out var remote) ? remote : null;
        if (!IsReliable(response, out var number))
        {
            if (described is not null) _heard(described);
            return;
        }

        // RFC 3262 section 4: a repeated one is acknowledged by the PRACK under way, and one that skips a number is not taken.
        if (_lastNumber is { } last && number != last + 1) return;
        _lastNumber = number;
        if (described is not null) _heard(described);
        if (described is null || Negotiation.IsComplete)
        {
            Acknowledge(response, number, null);
        }
        else if (_invite.Offer is { } offer)
        {
            Negotiation.Complete(offer, described);
            Acknowledge(response, number, null);
        }
        else
        {
            Negotiation.Ask(described, answer =>
            {
                if (answer is not null) Negotiation.Complete(answer, described);
                else _failed("Offer Refused");
                Acknowledge(response, number, answer);
            });
        }
    }

    public void OnAck(SipRequest ack) { }

    public void OnRequest(ServerTransaction transaction)
    {
        if (!Dialog.Takes(transaction)) return;
        var request = transaction.Request;
        if (request.Method == SipMethods.Update)
        {
            Dialog.Replace(Dialog.State.Retargeted(request.Contact));
            Negotiation.OnRequest(transaction);
        }
        else if (request.Method == SipMethods.Bye)
        {
            // Section 15 of RFC 3261 forbids it to the called side; who sends it all the same has left.
            Dialog.Agent.Reply(transaction, SipReply.Ok, null);
            Dialog.Agent.Unregister(Dialog.State.Id, this);
        }
        else if (request.Method == SipMethods.Options)
        {
            Dialog.Agent.Reply(transaction, Dialog.Agent.Abilities(), null);
        }
        else
        {
            var wait = Dialog.Agent.Context.Ids.Below(10).ToString();
            Dialog.Agent.Reply(transaction, new SipReply(500, "Call Not Answered Yet") { Headers = [new(HeaderNames.RetryAfter, wait)] }, null);
        }
    }

    private static bool IsReliable(SipResponse response, out uint number)
    {
        number = 0;
        return response.Lists(HeaderNames.Require, RequestScreen.ReliableOptionTag)
            && HeaderLexer.TryNumber(response.Headers[HeaderNames.RSeq], uint.MaxValue, out number) && number > 0;
    }

    private void Acknowledge(SipResponse response, uint number, SessionDescription? answer)
    {
        var headers = new SipHeaders().Add(HeaderNames.RAck, $"{number} {response.CSeq}");
        if (answer is not null) headers.Add(HeaderNames.ContentType, SessionDescription.MediaType);
        Dialog.Send(SipMethods.Prack, headers, answer?.ToBytes() ?? default(ReadOnlyMemory<byte>), static _ => { });
    }
}
