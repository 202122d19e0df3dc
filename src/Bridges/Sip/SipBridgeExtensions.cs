using System.Security.Cryptography;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Sip.Conference;
using Interop.Bridges.Sip.Referrals;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Auth;
using Microsoft.Extensions.DependencyInjection;
using DigestSecret = Interop.Hub.Contracts.Directory.DigestSecret;

namespace Interop.Bridges.Sip;

/// <summary>Adds the way in for partners' phones.</summary>
public static class SipBridgeExtensions
{
    /// <summary>Adds SIP on the given address; it starts with the node.</summary>
    public static IServiceCollection AddInteropSip(this IServiceCollection services, SipBridgeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new DigestAuthenticator(
            DigestSecret.Realm, provider.GetRequiredService<TimeProvider>(), RandomNumberGenerator.Create()));
        services.AddSingleton<SipBridgeMetrics>();
        services.AddSingleton<CallerDirectory>();
        services.AddSingleton<MediaPolicy>();
        services.AddSingleton<ProofFailures>();
        services.AddSingleton<PhoneProof>();
        services.AddSingleton<CallerProof>();
        services.AddSingleton<TrustedProxies>();
        services.AddSingleton<TrunkRoutes>();
        services.AddSingleton<TrunkFlows>();
        services.AddSingleton<RegisterReader>();
        services.AddSingleton<PhoneFlows>();
        services.AddSingleton<PhoneRoutes>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<OwnHosts>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<DialPlans>();
        services.AddSingleton<Ringing>();
        services.AddSingleton<SipLegs>();
        services.AddSingleton<CallerLegs>();
        services.AddSingleton<Replacing>();
        services.AddSingleton<Resuming>();
        services.AddSingleton<RosterFollower>();
        services.AddSingleton<ConferenceIntake>();
        services.AddSingleton<Moving>();
        services.AddSingleton<ReferralProgress>();
        services.AddSingleton<ReferralIntake>();
        // A call is moved by what also makes its leg, which in turn has to reach what moves it.
        services.AddSingleton(provider => new Lazy<ReferralIntake>(provider.GetRequiredService<ReferralIntake>));
        services.AddSingleton<SipLegDuties>();
        services.AddSingleton<HangUps>();
        services.AddSingleton<Answering>();
        services.AddSingleton<LegRegistrar>();
        services.AddSingleton<RoomFollower>();
        services.AddSingleton<InboundCalls>();
        services.AddSingleton<Rejoining>();
        services.AddSingleton<FocusCheck>();
        services.AddSingleton<Dialling>();
        services.AddSingleton<TextIntake>();
        services.AddSingleton<TextSender>();
        services.AddSingleton<UndeliveredLines>();
        services.AddSingleton<LegChats>();
        services.AddSingleton<AwaitedLegs>();
        services.AddSingleton<SipApplication>();
        services.AddSingleton<SipStackHost>();
        services.AddSingleton<ILegBridge, SipLegBridge>();
        services.AddHostedService(provider => provider.GetRequiredService<SipStackHost>());
        services.AddHostedService<LegPulse>();
        services.AddHostedService<TrunkRegistrations>();
        return services;
    }
}
