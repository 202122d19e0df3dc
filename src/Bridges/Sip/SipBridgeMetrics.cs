using System.Diagnostics.Metrics;

namespace Interop.Bridges.Sip;

/// <summary>Counts what the SIP bridge does, under the meter <c>Interop.Sip.Bridge</c>.</summary>
internal sealed class SipBridgeMetrics
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _texts;
    private readonly Counter<long> _registrations;
    private readonly Counter<long> _trunks;
    private readonly Counter<long> _duties;
    private readonly Counter<long> _subscriptions;
    private readonly Counter<long> _referrals;

    public SipBridgeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Interop.Sip.Bridge");
        _calls = meter.CreateCounter<long>("interop.sip.calls", description: "Calls by direction and what came of them");
        _texts = meter.CreateCounter<long>("interop.sip.texts", description: "MESSAGE requests by direction and result");
        _registrations = meter.CreateCounter<long>("interop.sip.registrations", description: "REGISTER requests of phones by result");
        _subscriptions = meter.CreateCounter<long>("interop.sip.subscriptions", description: "Subscriptions to a room's roster by result");
        _referrals = meter.CreateCounter<long>("interop.sip.referrals", description: "REFER requests by what was asked and its result");
        _trunks = meter.CreateCounter<long>("interop.sip.trunk_registrations", description: "Changes of our registrations at partners, by the state that they came to");
        _duties = meter.CreateCounter<long>("interop.sip.duties_dropped", description: "Changes of a call that came faster than they could be stored");
    }

    public void Call(string direction, string result) =>
        _calls.Add(1, new KeyValuePair<string, object?>("direction", direction), new KeyValuePair<string, object?>("result", result));

    public void Text(string direction, string result) =>
        _texts.Add(1, new KeyValuePair<string, object?>("direction", direction), new KeyValuePair<string, object?>("result", result));

    public void Registration(string result) => _registrations.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Subscription(string result) => _subscriptions.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Referral(string asked, string result) =>
        _referrals.Add(1, new KeyValuePair<string, object?>("asked", asked), new KeyValuePair<string, object?>("result", result));

    public void TrunkRegistration(string state) => _trunks.Add(1, new KeyValuePair<string, object?>("state", state));

    public void DutyDropped() => _duties.Add(1);
}
