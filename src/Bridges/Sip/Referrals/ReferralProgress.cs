using System.Collections.Concurrent;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Watch;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Referrals;

/// <summary>Tells the phone that asked for a party what becomes of it, as the room learns it (RFC 3515 section 2.4.5).</summary>
internal sealed class ReferralProgress(RoomWatches watches, TimeProvider time, ILogger<ReferralProgress> logger) : IRoomFollower
{
    /// <summary>So long a party may take to answer before the report says that it is still being tried.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(RoomCode Room, LegId Leg), Waiting> _waiting = new();

    public void Follow(RoomCode room, LegId leg, IncomingReferral referral)
    {
        var patience = time.CreateTimer(_ => Finish(room, leg, 408, "Still Trying"), null, Patience, Timeout.InfiniteTimeSpan);
        if (_waiting.TryAdd((room, leg), new Waiting(referral, patience)))
            watches.Hold(room, this);
        else
            patience.Dispose();
    }

    public void OnChange(RoomCode room, RoomChange change)
    {
        if (change is LegChanged { Leg: var leg })
            Take(room, leg);
    }

    public void OnSnapshot(RoomCode room, RoomSnapshot snapshot, long asked)
    {
        foreach (var leg in snapshot.Legs)
            Take(room, leg);
    }

    private void Take(RoomCode room, LegView leg)
    {
        if (leg.Status is LegStatus.Up or LegStatus.Asking)
            Finish(room, leg.Id, 200, "OK");
        else if (leg.Status is LegStatus.Gone or LegStatus.Lost)
            Finish(room, leg.Id, Status(leg.Cause), Words(leg.Cause));
        else if (leg.Rings && _waiting.TryGetValue((room, leg.Id), out var waiting) && waiting.FirstRinging())
            waiting.Referral.ReportAsync(180, "Ringing").Observe(logger, "report that a party rings");
    }

    private void Finish(RoomCode room, LegId leg, int status, string reason)
    {
        if (_waiting.TryRemove((room, leg), out var waiting))
            FinishAsync(room, waiting, status, reason).Observe(logger, "report how a referral went");
    }

    private async Task FinishAsync(RoomCode room, Waiting waiting, int status, string reason)
    {
        await waiting.Patience.DisposeAsync();
        await watches.ReleaseAsync(room, this);
        await waiting.Referral.ReportAsync(status, reason);
    }

    /// <summary>The room knows causes in words; the far side's phone shows a number.</summary>
    private static int Status(string? cause) => cause switch
    {
        "busy" => 486,
        "declined" => 603,
        "no such address" => 404,
        "not reached" => 408,
        DialResult.Loop => 482,
        _ => 480,
    };

    private static string Words(string? cause) => string.IsNullOrWhiteSpace(cause) ? "Not Available" : cause;

    private sealed record Waiting(IncomingReferral Referral, ITimer Patience)
    {
        private int _rang;

        /// <summary>True once: a snapshot may say again what a change said.</summary>
        public bool FirstRinging() => Interlocked.Exchange(ref _rang, 1) == 0;
    }
}
