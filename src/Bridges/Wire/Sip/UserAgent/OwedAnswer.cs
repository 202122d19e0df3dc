using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A request that the application answers, once and in time; until then it holds a place of a quota. It belongs to the lane.</summary>
internal sealed class OwedAnswer(UserAgentCore agent, ServerTransaction transaction, string localTag, Quota quota)
{
    private LaneTimer? _patience;
    private bool _settled;

    /// <summary>Puts the request to the application on the thread pool; its failure and its silence are 500.</summary>
    public void Ask(Func<ValueTask> ask)
    {
        _patience = agent.Lane.Schedule(agent.Context.Options.Limits.ApplicationAnswer, () => Refuse(new SipReply(500, "No Answer From Application")));
        _ = AskAsync(ask);
    }

    /// <summary>Whether nobody settled it before; the quota's place passes to whoever settles.</summary>
    public bool TrySettle()
    {
        if (_settled) return false;
        _settled = true;
        _patience?.Stop();
        return true;
    }

    public void Refuse(SipReply reply)
    {
        if (!TrySettle()) return;
        quota.Release();
        agent.Reply(transaction, reply, localTag);
    }

    private async Task AskAsync(Func<ValueTask> ask)
    {
        await Task.Yield();
        try
        {
            await ask();
        }
        catch (Exception failure)
        {
            SipLog.ApplicationFailed(agent.Context.Log, transaction.Request.Method, transaction.Request.CallId, failure);
            agent.Lane.Post(() => Refuse(new SipReply(500)));
        }
    }
}
