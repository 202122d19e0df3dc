using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>A request of ours and the targets that it may go to: one transaction after another, until one is answered (RFC 3263 section 4.3).</summary>
internal sealed class ClientRequest
{
    private readonly TransactionLayer _layer;
    private readonly SipRequest _request;
    private readonly Func<SipDestination, string>? _contact;
    private readonly Action<SipResponse> _user;
    private readonly Queue<SipDestination> _targets;
    private ClientTransaction _current;
    private SipDestination? _datagram;
    private bool _settled;

    /// <param name="layer">Where its transactions live.</param>
    /// <param name="request">Without Via, and without Contact when that is written for each target.</param>
    /// <param name="destination">The first target, which knows the others.</param>
    /// <param name="contact">Our Contact for a target.</param>
    /// <param name="user">Gets every response of the last target tried, also one that we make ourselves.</param>
    public ClientRequest(TransactionLayer layer, SipRequest request, SipDestination destination, Func<SipDestination, string>? contact, Action<SipResponse> user)
    {
        (_layer, _request, _contact, _user) = (layer, request, contact, user);
        _targets = new Queue<SipDestination>(destination.Others);
        _current = TransactionTo(destination with { Others = [] });
    }

    public SipRequest Request => _current.Request;

    public SipDestination Destination => _current.Destination;

    /// <summary>Whether a CANCEL may be sent (RFC 3261 section 9.1: only after a provisional response).</summary>
    public bool IsProceeding => _current.IsProceeding;

    public void Start() => _layer.Track(_current);

    /// <summary>The request is no longer wanted: it goes to no further target.</summary>
    public void Settle() => _settled = true;

    private void OnResponse(SipResponse response)
    {
        var unavailable = response.Status == 503 || (response.IsLocal && response.Status == 408);
        if (!unavailable)
        {
            _user(response);
            return;
        }

        _layer.Transport.Failures.Remember(Destination);
        if (!_settled && NextTarget(response) is { } next)
        {
            _current = TransactionTo(next);
            Start();
        }
        else
        {
            _user(response);
        }
    }

    /// <summary>RFC 3261 section 18.1.1: where TCP was chosen for the size alone and cannot be had, UDP is tried after all.</summary>
    private SipDestination? NextTarget(SipResponse response)
    {
        var datagram = response.IsLocal && response.Status == 503 ? _datagram : null;
        _datagram = null;
        return datagram ?? (_targets.TryDequeue(out var next) ? next : null);
    }

    private ClientTransaction TransactionTo(SipDestination destination)
    {
        var transaction = _layer.Create(Addressed(destination), destination, OnResponse);
        if (destination.Transport != SipTransportKind.Udp || transaction.Size <= _layer.DatagramBytes) return transaction;
        var stream = destination with { Transport = SipTransportKind.Tcp, Local = null };
        if (_layer.Transport.Failures.Contains(stream) || !_layer.Transport.Speaks(stream.Transport, stream.EndPoint.Address)) return transaction;
        _datagram = destination;
        return _layer.Create(Addressed(stream), stream, OnResponse);
    }

    private SipRequest Addressed(SipDestination destination)
    {
        if (_contact is null) return _request;
        var headers = new SipHeaders(_request.Headers).Add(HeaderNames.Contact, _contact(destination));
        return new SipRequest(_request.Method, _request.Uri, headers, _request.Body);
    }
}
