using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Refreshes a session by an UPDATE without description, which touches no media (RFC 4028 section 7.4), in the call's lane.</summary>
internal sealed class UpdateRefresh(CallCore core, Action instead)
{
    public void Send(int minimum)
    {
        var context = core.Agent.Context;
        var headers = new SipHeaders().Add(HeaderNames.Contact, core.Dialog.Contact);
        context.AddAbilities(headers);
        SessionTimer.Offer(headers, context.SessionSeconds, Math.Max(context.MinSessionSeconds, minimum), core.State.SessionTimer);
        core.Dialog.Send(SipMethods.Update, headers, default, response => OnResponse(response, minimum));
    }

    private void OnResponse(SipResponse response, int minimum)
    {
        if (response.IsProvisional || core.IsOver) return;
        if (response.IsSuccess)
        {
            var timer = SessionTimer.FromResponse(response, core.Agent.Context.MinSessionSeconds);
            core.Change(core.State.Retargeted(response.Contact) with { SessionTimer = timer });
            core.RestartTimer();
        }
        else if (response.Status == 422 && minimum == 0 && SessionTimer.Minimum(response) is { } least)
        {
            Send(least);
        }
        else if (response.Status is 405 or 501)
        {
            core.Replace(core.State with { AllowsUpdate = false });
            instead();
        }
        else if (response.Status is 408 or 481)
        {
            core.Lose(response.Status, response.Reason);
        }
        else if (response.Status != 503)
        {
            // Whatever else it says, the peer is there; 503 may be our own transport's word.
            core.RestartTimer();
        }
    }
}
