using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Proxies;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Proxies;

/// <summary>A hub that knows partners through their proxy alone: of the loopback's addresses only the proxy's proves anything.</summary>
public abstract class ProxyLab(string name) : LabFixture(name, LabProvisioning.Text(trunkFrom: $"{Kamailio.Address}/32"))
{
    /// <summary>A proxy in front of the hub.</summary>
    public async Task<Kamailio> Proxy(string transport, Rtpengine? media = null) => Keep(await Kamailio.Start(
        Place, new ProxyPlan(Hub.SipAddressFor(transport), transport, media), $"kamailio-{transport}{(media is null ? "" : "-media")}"));

    /// <summary>Two parties hear each other, and neither itself.</summary>
    public static void HearEachOther((IPhone Phone, double Hertz)[] parties, TimeSpan judged)
    {
        foreach (var (phone, own) in parties)
        {
            var heard = phone.Heard().Last(judged);
            foreach (var (_, hertz) in parties.Where(party => party.Hertz != own))
            {
                Ear.Hears(heard, hertz, judged * 0.85, $"{phone.Uri} of {own} Hz");
                Ear.DoesNotHear(heard, own, hertz, $"{phone.Uri} of {own} Hz");
            }
        }
    }
}
