using Interop.Bridges.Wire.Rtp.Dtls;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Where the certificate is kept that browsers are shown: the same after a restart, and one for all nodes of a cluster.</summary>
public interface IBrowserIdentityStore
{
    /// <summary>What was kept, certificate and key as PEM; null when nothing was.</summary>
    string? Load();

    /// <summary>Keeps it where nobody but the hub reads it.</summary>
    void Save(string pem);
}

/// <summary>Takes the identity that was kept, or makes one and keeps it.</summary>
internal static class BrowserIdentity
{
    public static DtlsIdentity Of(IBrowserIdentityStore? store, TimeProvider time)
    {
        if (store?.Load() is { } kept && DtlsIdentity.TryRead(kept) is { } known)
            return known;
        var made = DtlsIdentity.Create(time);
        store?.Save(made.ToPem());
        return made;
    }
}
