using System.Text;
using Interop.Bridges.Core;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Asks every connected leg whether it is still there, inside its dialog.</summary>
/// <remarks>
/// A push-to-talk partner is silent most of the time, so its voice says nothing about it (design rule 13): any answer
/// but 408, 481 and 503 proves it alive. It is asked by OPTIONS; one that has never answered any gets a re-INVITE that
/// changes nothing, which every peer knows, and from then on only that.
/// </remarks>
internal sealed class LegPulse(SipLegs legs, SipLegDuties duties, SipBridgeOptions options, TimeProvider time, ILogger<LegPulse> logger)
    : BackgroundService
{
    /// <summary>The parts of a round, in each of which its own legs are asked: all at once, they would hold up every call that comes in meanwhile.</summary>
    private const int Parts = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PulseEvery / Parts, time);
        for (var part = 0; await timer.WaitForNextTickAsync(stoppingToken); part = (part + 1) % Parts)
            foreach (var leg in legs.All)
                if (PartOf(leg) == part)
                    AskAsync(leg, stoppingToken).Observe(logger, "ask a leg whether it is there");
    }

    private static int PartOf(SipLeg leg) => (int)((uint)HashCode.Combine(leg.Room, leg.Id) % Parts);

    /// <summary>Asks one leg once.</summary>
    internal async Task AskAsync(SipLeg leg, CancellationToken stopping)
    {
        var pulse = leg.Pulse;
        if (!pulse.TryBegin())
            return;
        var (status, byReinvite) = await StatusAsync(leg, pulse, stopping);
        pulse.End(status, byReinvite);
        if (status == 481)
            await duties.LoseAsync(leg, "the phone no longer knew the call");
        else if (pulse.Missed >= options.PulsesMissed)
            await duties.LoseAsync(leg, "the phone stopped answering");
    }

    private async Task<(int Status, bool ByReinvite)> StatusAsync(SipLeg leg, PulseState pulse, CancellationToken stopping)
    {
        if (!pulse.ByReinvite)
        {
            var status = await WithinAsync(OptionsAsync(leg), stopping);
            if (status != 408 || pulse.TookOptions)
                return (status, false);
        }
        else if (time.GetUtcNow() - pulse.ReinvitedAt < options.ReinvitePulseEvery)
        {
            return (200, true);
        }

        pulse.ReinvitedAt = time.GetUtcNow();
        return (await WithinAsync(ReinviteAsync(leg), stopping), true);
    }

    private static async Task<int> OptionsAsync(SipLeg leg)
    {
        var answer = await leg.Call.SendAsync(SipMethods.Options);
        leg.Texts.Learn(answer.Headers.Values(HeaderNames.Allow), answer.Headers.Values(HeaderNames.Accept));
        return answer.Status;
    }

    /// <summary>The session as it stands, with its version: the peer has nothing to change (RFC 3264 section 8), and is followed if it does.</summary>
    private static async Task<int> ReinviteAsync(SipLeg leg)
    {
        if (leg.Call.State.LocalSdp is not { } ours || !SessionDescription.TryParse(Encoding.UTF8.GetBytes(ours), out var unchanged))
            return 408;
        var before = leg.Call.State.RemoteSdp;
        var outcome = await leg.Call.ReinviteAsync(unchanged, CancellationToken.None);
        if (outcome is ReinviteOutcome.Answered { Remote: var remote } && remote.ToString() != before)
            leg.OnLateAnswer(leg.Call, remote);
        return outcome is ReinviteOutcome.Failed failed ? failed.Status : 200;
    }

    private async Task<int> WithinAsync(Task<int> asked, CancellationToken stopping)
    {
        try
        {
            return await asked.WaitAsync(options.PulseTime, time, stopping);
        }
        catch (TimeoutException)
        {
            asked.Observe(logger, "ask a leg whether it is there");
            return 408;
        }
    }
}
