using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;

namespace Interop.Bridges.Sip;

/// <summary>Where the SIP stack hands over: calls to the rooms, texts to their chat, phones to the registrar.</summary>
internal sealed class SipApplication(InboundCalls calls, TextIntake texts, Registrar registrar) : ISipApplication
{
    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation) => calls.AnswerAsync(call);

    public async ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) =>
        request.Method switch
        {
            SipMethods.Message => await texts.TakeAsync(request, source),
            SipMethods.Register => await registrar.TakeAsync(request, source),
            _ => null,
        };
}
