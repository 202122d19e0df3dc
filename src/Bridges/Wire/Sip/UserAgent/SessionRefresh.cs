using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Runs the session timer of one call (RFC 4028 section 10), in its lane.</summary>
internal sealed class SessionRefresh(Lane lane, Action refresh, Action expired)
{
    private LaneTimer? _refresh;
    private LaneTimer? _expiry;

    public void Restart(SessionTimerState? timer)
    {
        Stop();
        if (timer is null) return;
        if (timer.WeRefresh) _refresh = lane.Schedule(SessionTimer.RefreshAfter(timer), refresh);
        _expiry = lane.Schedule(SessionTimer.ExpireAfter(timer), expired);
    }

    public void Stop()
    {
        _refresh?.Stop();
        _expiry?.Stop();
    }
}
