using System.Collections.Immutable;
using System.Net;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Ice;

namespace Interop.Bridges.Media.Browsers;

/// <summary>How a browser's leg begins: what its offer said.</summary>
public sealed record BrowserSettings
{
    /// <summary>The mode until it is changed.</summary>
    public LegMode Mode { get; init; } = LegMode.Talk;

    /// <summary>The browser's user name fragment; it checks us, so its password is never needed.</summary>
    public required string RemoteUfrag { get; init; }

    /// <summary>The certificate that the browser will show.</summary>
    public required CertificateFingerprint Fingerprint { get; init; }

    /// <summary>What to send.</summary>
    public required PayloadFormat Send { get; init; }

    /// <summary>What may be received; nothing from a browser that only listens.</summary>
    public required ImmutableArray<PayloadFormat> Accept { get; init; }
}

/// <summary>Where a browser finds its leg, for the answer.</summary>
/// <param name="Local">Our user name fragment and password, of this leg alone.</param>
/// <param name="Fingerprint">The certificate that we show.</param>
/// <param name="EndPoints">The port that all browsers share, at each address that is bound.</param>
public sealed record BrowserPlace(IceCredentials Local, CertificateFingerprint Fingerprint, IReadOnlyList<IPEndPoint> EndPoints);
