using Interop.Bridges.Core;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Routes;

/// <summary>What ringing came to.</summary>
/// <param name="Outcome">The call, or the failure that says most.</param>
/// <param name="RangOut">Whether it rang for its time and nobody answered.</param>
internal readonly record struct RingResult(CallOutcome Outcome, bool RangOut);

/// <summary>Rings every place where a party may be; the first that answers has the call (RFC 3261 section 16.7).</summary>
internal sealed class Ringing(SipStackHost host, SipBridgeOptions options, TimeProvider time, ILogger<Ringing> logger)
{
    /// <param name="plan">Where the party may be.</param>
    /// <param name="make">Makes the INVITE for a route.</param>
    /// <param name="rings">Told when a place rings, of each that does.</param>
    /// <param name="cancel">When it is no longer wanted.</param>
    public async Task<RingResult> RingAsync(DialPlan plan, Func<DialRoute, OutgoingInvite> make, Action rings, CancellationToken cancel)
    {
        var result = new RingResult(new CallOutcome.Failed(480, "Not Available"), false);
        foreach (var round in plan.Rounds)
        {
            result = await RingRoundAsync(round, make, rings, cancel);
            if (result.Outcome is CallOutcome.Answered || IsFinal(result.Outcome) || cancel.IsCancellationRequested)
                return result;
        }

        return result;
    }

    private async Task<RingResult> RingRoundAsync(
        IReadOnlyList<DialRoute> round, Func<DialRoute, OutgoingInvite> make, Action rings, CancellationToken cancel)
    {
        var calls = new List<OutgoingCall>(round.Count);
        using var patience = new RingPatience(options.RingTime, time, () => calls.ForEach(call => call.Cancel()));
        foreach (var route in round)
            calls.Add(host.Stack.Invite(make(route) with { Provisional = Hear }));
        await using var notWanted = cancel.Register(() => calls.ForEach(call => call.Cancel()));
        CallOutcome? best = null;
        var waiting = calls.ToList();
        while (waiting.Count > 0)
        {
            await Task.WhenAny(waiting.Select(call => call.Completion));
            var ended = waiting.First(call => call.Completion.IsCompleted);
            waiting.Remove(ended);
            var outcome = await ended.Completion;
            best = best is null || Weight(outcome) > Weight(best) ? outcome : best;
            if (outcome is not CallOutcome.Answered && !IsFinal(outcome))
                continue;
            foreach (var other in waiting)
                GiveUpAsync(other, outcome is CallOutcome.Answered).Observe(logger, "give up a call that was answered or declined elsewhere");
            break;
        }

        return new RingResult(best!, patience.IsOver);

        void Hear(SipResponse provisional)
        {
            patience.Begin();
            if (provisional.Status == 180)
                rings();
        }
    }

    /// <summary>An answer may have crossed the other one: one party has one call.</summary>
    private static async Task GiveUpAsync(OutgoingCall call, bool wasAnswered)
    {
        if (wasAnswered)
            call.Cancel(SipReason.CompletedElsewhere);
        else
            call.Cancel();
        if (await call.Completion is CallOutcome.Answered answered)
            await answered.Call.ByeAsync();
    }

    private static bool IsFinal(CallOutcome outcome) => outcome is CallOutcome.Failed { Status: >= 600 };

    /// <summary>An answer before a no for good, before a no of the person, before what only says that a place was not reached.</summary>
    private static int Weight(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Failed { Status: >= 600 } => 3,
        CallOutcome.Failed { Status: 408 or 430 or 481 or >= 500 } => 1,
        CallOutcome.Failed => 2,
        _ => 4,
    };
}
