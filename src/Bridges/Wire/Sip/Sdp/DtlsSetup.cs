namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>Who opens a DTLS association (RFC 4145 section 4, RFC 8842).</summary>
public enum DtlsSetup
{
    /// <summary>The describing side.</summary>
    Active,

    /// <summary>The other side.</summary>
    Passive,

    /// <summary>Whichever the answerer chooses.</summary>
    ActPass,

    /// <summary>Nobody for now.</summary>
    HoldConn,
}
