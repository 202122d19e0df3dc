using Interop.Bridges.Wire.Rtp.Dtls;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Where the certificate is kept that browsers are shown: the same after a restart, and one for all nodes of a cluster.</summary>
public interface IBrowserIdentityStore
{
    /// <summary>What was kept, certificate and key as PEM; null when nothing was.</summary>
    string? Load();

    /// <summary>Keeps it where nobody but the hub reads it, and gives the one that is kept: another node's, when that was first.</summary>
    /// <param name="pem">Certificate and key.</param>
    /// <param name="instead">What was loaded and is of no use.</param>
    string Keep(string pem, string? instead);
}

/// <summary>Takes the identity that was kept, or makes one and keeps it.</summary>
internal static class BrowserIdentity
{
    public static DtlsIdentity Of(IBrowserIdentityStore? store, TimeProvider time)
    {
        var kept = store?.Load();
        if (kept is not null && DtlsIdentity.TryRead(kept) is { } known)
            return known;
        var made = DtlsIdentity.Create(time);
        return store is null ? made : DtlsIdentity.TryRead(store.Keep(made.ToPem(), kept)) ?? made;
    }
}
