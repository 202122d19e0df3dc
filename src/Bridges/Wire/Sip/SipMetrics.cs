using System.Diagnostics.Metrics;

namespace Interop.Bridges.Wire.Sip;

/// <summary>The counters of one stack, under the meter "Interop.Sip".</summary>
internal sealed class SipMetrics : IDisposable
{
    private readonly Meter _meter = new("Interop.Sip");
    private readonly Counter<long> _received;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _resumed;
    private readonly Counter<long> _retransmitted;
    private readonly Counter<long> _handshakes;
    private readonly UpDownCounter<long> _transactions;

    public SipMetrics()
    {
        _received = _meter.CreateCounter<long>("sip.received", "{message}", "Messages received, parsable or not");
        _malformed = _meter.CreateCounter<long>("sip.malformed", "{message}", "Messages that broke the grammar");
        _dropped = _meter.CreateCounter<long>("sip.dropped", "{message}", "Messages that got no answer, by reason");
        _refused = _meter.CreateCounter<long>("sip.refused", "{request}", "Requests refused because of a limit, by its name");
        _resumed = _meter.CreateCounter<long>("sip.dialogs_resumed", "{dialog}", "Dialogs taken up because a peer went on with them");
        _retransmitted = _meter.CreateCounter<long>("sip.retransmitted", "{message}", "Messages sent again");
        _handshakes = _meter.CreateCounter<long>("sip.tls_handshakes", "{handshake}", "TLS handshakes in both directions, by result");
        _transactions = _meter.CreateUpDownCounter<long>("sip.transactions", "{transaction}", "Transactions in memory");
    }

    public void Received() => _received.Add(1);

    public void Malformed() => _malformed.Add(1);

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void DialogResumed() => _resumed.Add(1);

    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void Retransmitted() => _retransmitted.Add(1);

    public void Handshake(bool succeeded) =>
        _handshakes.Add(1, new KeyValuePair<string, object?>("result", succeeded ? "secured" : "failed"));

    public void TransactionStarted() => _transactions.Add(1);

    public void TransactionEnded() => _transactions.Add(-1);

    public void Dispose() => _meter.Dispose();
}
