using System.Threading.Channels;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Calls;

/// <summary>One connected call of a room: its dialog here, its voice wherever the room is anchored.</summary>
/// <remarks>
/// The stack calls it under the call's own order. What has to be stored or asked of the room is queued and done in that
/// order, so that an old dialog never overwrites a newer one.
/// </remarks>
internal sealed class SipLeg : ICallHandler
{
    private readonly SipLegDuties _duties;
    private readonly Channel<Func<Task>> _work = Channel.CreateBounded<Func<Task>>(64);
    private readonly MediaPlace _place;
    private SessionDescription _ours;
    private bool _oneWay;
    private volatile CallEnd? _end;

    public SipLeg(RoomCode room, LegId id, Call call, Party party, MediaPlace place, SessionDescription ours, SipLegDuties duties)
    {
        (Room, Id, Call, Party) = (room, id, call, party);
        (_place, _ours, _duties) = (place, ours, duties);
        Texts.Learn(call.State.RemoteAllow, []);
        _oneWay = RoomSdp.IsOneWay(call.State.RemoteSdp);
        Completion = WorkAsync();
    }

    public RoomCode Room { get; }

    public LegId Id { get; }

    public Call Call { get; }

    /// <summary>Who it is, as far as that was proved.</summary>
    public Party Party { get; }

    /// <summary>Whether its voice is protected.</summary>
    public required SdpProtection Protection { get; init; }

    /// <summary>The clock's timestamp of when its call was put in charge of it here.</summary>
    public required long HeldSince { get; init; }

    /// <summary>How the phone takes text.</summary>
    public TextAbilities Texts { get; } = new();

    /// <summary>Its part of the room's chat; null while the party is being asked whether it comes in.</summary>
    public LegChat? Chat { get; set; }

    /// <summary>What the pulse knows of it; only the pulse touches it.</summary>
    public PulseState Pulse { get; } = new();

    /// <summary>Ends when the last duty of the ended call is done.</summary>
    public Task Completion { get; }

    public SessionDescription? OnOffer(Call call, SessionDescription offer)
    {
        // The keys of this place go on with the phone's; when it has new ones, so have we.
        var ours = RoomSdp.Capabilities(_place, _ours.SessionId, _ours.Version, Party.IsBridge, Protection) with
        {
            Keeping = RoomSdp.KeepsItsKey(call.State.RemoteSdp, offer) ? [.. _ours.Media.SelectMany(static media => media.Cryptos())] : [],
        };
        if (AudioOffer.Answer(offer, ours) is not { } answer || RoomSdp.FarEnd(offer, answer, Protection) is not { } farEnd)
            return null;
        Move(farEnd);
        return _ours = answer.After(_ours);
    }

    public void OnLateAnswer(Call call, SessionDescription answer)
    {
        if (RoomSdp.FarEnd(answer, _ours, Protection) is { } farEnd)
            Move(farEnd);
        else if (RoomSdp.FarEnd(answer) is not null)
            Queue(() => _duties.RefuseAsync(this, "its voice would have been in the clear"));
    }

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => _duties.AnswerAsync(this, request);

    public ValueTask OnReferAsync(Call call, IncomingReferral referral) => _duties.ReferAsync(this, referral);

    public void OnStateChanged(Call call, DialogState state) => Queue(() => _duties.StoreAsync(this, state));

    /// <summary>The end is kept beside the queue: however full that is, the room has to hear of it.</summary>
    public void OnEnded(Call call, CallEnd end)
    {
        _end = end;
        _work.Writer.TryComplete();
    }

    /// <summary>Another leg has the call from now on; what was begun for this one is still done.</summary>
    public void Retire() => _work.Writer.TryComplete();

    private void Move(MediaFarEnd farEnd)
    {
        _oneWay &= farEnd.Sends && !farEnd.Receives;
        var heard = _oneWay ? farEnd : RoomSdp.WithoutMusic(farEnd);
        Queue(() => _duties.MoveMediaAsync(this, heard));
    }

    private void Queue(Func<Task> duty)
    {
        if (!_work.Writer.TryWrite(duty))
            _duties.CountDropped();
    }

    private async Task WorkAsync()
    {
        await foreach (var duty in _work.Reader.ReadAllAsync())
            await _duties.TryAsync(this, duty);
        if (_end is { } end)
            await _duties.TryAsync(this, () => _duties.EndAsync(this, end));
    }
}
