using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>A handshake with ourselves: the first one in a process compiles the library for half a second, which nobody who wants to talk should wait for.</summary>
public static class DtlsWarmUp
{
    /// <summary>Shakes hands once in each profile.</summary>
    /// <returns>False when it came to nothing, which no later handshake would survive either.</returns>
    public static bool Run(DtlsServer server, TimeProvider time)
    {
        var identity = DtlsIdentity.Create(time);
        return DtlsSrtpKeys.Profiles.All(profile => Shake(server, identity, profile));
    }

    private static bool Shake(DtlsServer server, DtlsIdentity identity, SrtpProfile profile)
    {
        var (toClient, toServer) = (new Way(), new Way());
        var association = server.Expect(identity.Fingerprint, toClient);
        var client = new DtlsClient(identity, toServer, profiles: profile);
        toServer.Far = association.Take;
        toClient.Far = client.Take;
        var keys = client.Connect();
        client.Close();
        return keys is not null;
    }

    private delegate bool Taker(ReadOnlySpan<byte> datagram);

    private sealed class Way : IDtlsPath
    {
        public Taker? Far { get; set; }

        public void Send(ReadOnlySpan<byte> datagram) => Far?.Invoke(datagram);

        public void OnKeys(DtlsSrtpKeys keys)
        {
        }

        public void OnEnded(DtlsEnd end)
        {
        }
    }
}
