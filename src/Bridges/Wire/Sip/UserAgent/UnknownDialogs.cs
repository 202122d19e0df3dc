using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Requests inside dialogs that this process does not hold: each dialog is asked for once, and its requests wait, in their lane.</summary>
internal sealed class UnknownDialogs(UserAgentCore agent)
{
    private readonly Dictionary<DialogId, List<ServerTransaction>> _asked = [];
    private readonly Dictionary<DialogId, long> _nobodys = [];
    private readonly Queue<DialogId> _order = new();

    private SipLimits Limits => agent.Context.Options.Limits;

    public void OnRequest(ServerTransaction transaction)
    {
        var id = new DialogId(transaction.Request.CallId, transaction.Request.To.Tag ?? "", transaction.Request.From.Tag ?? "");
        if (!MayResume(transaction.Request.Method) || IsNobodys(id))
        {
            agent.Reply(transaction, new SipReply(481), null);
        }
        else if (_asked.TryGetValue(id, out var waiting))
        {
            if (waiting.Count < Limits.DialogBacklog) waiting.Add(transaction);
            else agent.Reply(transaction, agent.Busy("unknown_dialog_backlog"), null);
        }
        else if (!agent.Context.Quotas.DialogLookups.TryTake())
        {
            // Not 481: that would end a call which may well be known.
            agent.Reply(transaction, agent.Busy("dialog_lookup_limit"), null);
        }
        else
        {
            _asked.Add(id, [transaction]);
            _ = AskAsync(id);
        }
    }

    /// <summary>Only calls are stored: a subscription that is gone is made again by its subscriber.</summary>
    private static bool MayResume(string method) => method is SipMethods.Invite or SipMethods.Bye or SipMethods.Update
        or SipMethods.Info or SipMethods.Message or SipMethods.Options or SipMethods.Refer;

    private async Task AskAsync(DialogId id)
    {
        await Task.Yield();
        ResumableDialog? stored = null;
        var failed = false;
        try
        {
            var unknown = new UnknownDialog(id.CallId, id.LocalTag, id.RemoteTag);
            stored = await agent.Context.Application.OnUnknownDialogAsync(unknown, agent.Context.Stopping).AsTask()
                .WaitAsync(Limits.DialogLookup, agent.Lane.Time, agent.Context.Stopping);
        }
        catch (Exception failure)
        {
            failed = true;
            SipLog.ApplicationFailed(agent.Context.Log, "in-dialog", id.CallId, failure);
        }

        agent.Lane.Post(() => Settle(id, stored, failed));
    }

    private void Settle(DialogId id, ResumableDialog? stored, bool failed)
    {
        agent.Context.Quotas.DialogLookups.Release();
        _asked.Remove(id, out var waiting);
        var usage = agent.Find(id) ?? (stored is not null && stored.State.Id == id ? Resume(stored) : null);
        if (usage is null && !failed) Remember(id);
        foreach (var transaction in waiting ?? [])
        {
            if (usage is not null) usage.OnRequest(transaction);
            else agent.Reply(transaction, failed ? agent.Busy("dialog_lookup_failed") : new SipReply(481), null);
        }
    }

    private CallCore Resume(ResumableDialog stored)
    {
        var core = CallCore.Resumed(agent, stored.State, stored.Credentials);
        core.StartAsClient();
        agent.Context.Metrics.DialogResumed();
        _ = Task.Run(() =>
        {
            try
            {
                stored.Resumed(core.Call);
            }
            catch (Exception failure)
            {
                SipLog.ApplicationFailed(agent.Context.Log, "in-dialog", stored.State.CallId, failure);
            }
        });
        return core;
    }

    private bool IsNobodys(DialogId id) =>
        _nobodys.TryGetValue(id, out var since) && agent.Lane.Time.GetElapsedTime(since) < Limits.DialogLookupMemory;

    private void Remember(DialogId id)
    {
        if (!_nobodys.ContainsKey(id)) _order.Enqueue(id);
        _nobodys[id] = agent.Lane.Time.GetTimestamp();
        if (_order.Count > Limits.DialogLookupsRemembered) _nobodys.Remove(_order.Dequeue());
    }
}
