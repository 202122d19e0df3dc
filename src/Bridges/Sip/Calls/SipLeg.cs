using Interop.Bridges.Core;
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
    /// <summary>Duties that may wait; a phone that causes more of them than the hub does is not followed in each.</summary>
    private const int MostDuties = 64;

    private readonly SipLegDuties _duties;
    private readonly SerialWork _work;
    private readonly MediaPlace _place;
    private SessionDescription _ours;
    private bool _oneWay;

    public SipLeg(RoomCode room, LegId id, Call call, Party party, MediaPlace place, SessionDescription ours, SipLegDuties duties)
    {
        (Room, Id, Call, Party) = (room, id, call, party);
        (_place, _ours, _duties) = (place, ours, duties);
        Texts.Learn(call.State.RemoteAllow, []);
        IsFocus = call.State.RemoteIsFocus;
        _oneWay = RoomSdp.IsOneWay(call.State.RemoteSdp);
        _work = new SerialWork(MostDuties, failure => duties.ReportFailed(this, failure));
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

    /// <summary>Whether the room knows it to be another system's room; only its duties touch it.</summary>
    public bool IsFocus { get; set; }

    /// <summary>Done when the room knows that this node answers for the call.</summary>
    public Task Announced { get; set; } = Task.CompletedTask;

    /// <summary>How the phone takes text.</summary>
    public TextAbilities Texts { get; } = new();

    /// <summary>Its part of the room's chat; null while the party is being asked whether it comes in.</summary>
    public LegChat? Chat { get; set; }

    /// <summary>What the pulse knows of it; only the pulse touches it.</summary>
    public PulseState Pulse { get; } = new();

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
    public void OnEnded(Call call, CallEnd end) => _work.Close(last: () => _duties.EndAsync(this, end));

    /// <summary>Another leg has the call from now on; what was begun for this one is still done.</summary>
    public void Retire() => _work.Close();

    private void Move(MediaFarEnd farEnd)
    {
        _oneWay &= farEnd.Sends && !farEnd.Receives;
        var heard = _oneWay ? farEnd : RoomSdp.WithoutMusic(farEnd);
        Queue(() => _duties.MoveMediaAsync(this, heard));
    }

    private void Queue(Func<Task> duty)
    {
        if (!_work.TryAdd(duty))
            _duties.CountDropped();
    }
}
