using Interop.Bridges.Core;
using Interop.Bridges.Wire.Sip.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Asks every connected leg whether it is still there, by OPTIONS inside its dialog.</summary>
/// <remarks>
/// A push-to-talk partner is silent most of the time, so its voice says nothing about it (design rule 13): any answer
/// but 408, 481 and 503 proves it alive.
/// </remarks>
internal sealed class LegPulse(SipLegs legs, SipLegDuties duties, SipBridgeOptions options, TimeProvider time, ILogger<LegPulse> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PulseEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var leg in legs.All)
                AskAsync(leg, stoppingToken).Observe(logger, "ask a leg whether it is there");
    }

    private async Task AskAsync(SipLeg leg, CancellationToken stopping)
    {
        var status = await StatusAsync(leg, stopping);
        leg.PulsesMissed = status is 408 or 503 ? leg.PulsesMissed + 1 : 0;
        if (status == 481)
            await duties.LoseAsync(leg, "the phone no longer knew the call");
        else if (leg.PulsesMissed >= options.PulsesMissed)
            await duties.LoseAsync(leg, "the phone stopped answering");
    }

    private async Task<int> StatusAsync(SipLeg leg, CancellationToken stopping)
    {
        try
        {
            var answer = await leg.Call.SendAsync(SipMethods.Options).WaitAsync(options.PulseTime, time, stopping);
            leg.Texts.Learn(answer.Headers.Values(HeaderNames.Allow), answer.Headers.Values(HeaderNames.Accept));
            return answer.Status;
        }
        catch (TimeoutException)
        {
            return 408;
        }
    }
}
