using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Sip.Conference;
using Interop.Bridges.Sip.Referrals;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

namespace Interop.Bridges.Sip;

/// <summary>Where the SIP stack hands over: calls to the rooms, texts to their chat, phones to the registrar.</summary>
internal sealed class SipApplication(
    InboundCalls calls, TextIntake texts, Registrar registrar, ConferenceIntake rosters, ReferralIntake referrals, Resuming resuming) : ISipApplication
{
    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation) => calls.AnswerAsync(call);

    public async ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) =>
        request.Method switch
        {
            SipMethods.Message => await texts.TakeAsync(request, source),
            SipMethods.Register => await registrar.TakeAsync(request, source),
            _ => null,
        };

    public ValueTask OnSubscribeAsync(IncomingSubscription subscription, CancellationToken cancellation) => rosters.AnswerAsync(subscription);

    public ValueTask OnReferAsync(IncomingReferral referral, CancellationToken cancellation) => referrals.TakeAsync(referral);

    public async ValueTask<ResumableDialog?> OnUnknownDialogAsync(UnknownDialog dialog, CancellationToken cancellation) =>
        await resuming.FindAsync(dialog, cancellation);
}
