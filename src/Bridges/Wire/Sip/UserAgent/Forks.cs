using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>The early dialogs of one call of ours, each To tag its own (RFC 3261 section 13.2.2.1), in its lane.</summary>
internal sealed class Forks(UserAgentCore agent, OutgoingInvite invite, OutgoingCall ringing, CallMailbox mailbox, Action<string> failed)
{
    private readonly Dictionary<string, EarlyDialog> _early = [];

    public void OnProvisional(ClientRequest transaction, SipResponse response)
    {
        if (response.Status == 100 || response.To.Tag is not { } tag) return;
        if (!_early.TryGetValue(tag, out var fork))
        {
            if (_early.Count >= agent.Context.Options.Limits.Forks) return;
            var state = DialogFactory.AsClient(transaction.Request, response, transaction.Destination);
            fork = new EarlyDialog(new Dialog(agent, state, invite.Credentials), invite, ringing, Hear, failed);
            _early.Add(tag, fork);
            agent.Register(state.Id, fork);
        }

        fork.OnProvisional(response);
    }

    /// <summary>A fork is answered: its dialog goes on in a call.</summary>
    public EarlyDialog? Take(string tag) => _early.Remove(tag, out var fork) ? fork : null;

    /// <summary>The forks that nobody answered end without a word (section 13.2.2.4).</summary>
    public void Clear()
    {
        foreach (var fork in _early.Values) agent.Unregister(fork.Dialog.State.Id, fork);
        _early.Clear();
    }

    private void Hear(Sdp.SessionDescription media)
    {
        if (invite.EarlyMedia is not { } tell) return;
        mailbox.TryPost(() =>
        {
            tell(media);
            return ValueTask.CompletedTask;
        });
    }
}
