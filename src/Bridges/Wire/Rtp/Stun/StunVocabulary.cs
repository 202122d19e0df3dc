namespace Interop.Bridges.Wire.Rtp.Stun;

/// <summary>The message types of the one method that ICE uses, Binding (RFC 8489 §5).</summary>
public enum StunType
{
    /// <summary>Asks for the address that the asker is seen at.</summary>
    BindingRequest = 0x0001,

    /// <summary>Keeps a binding of a NAT alive; gets no answer.</summary>
    BindingIndication = 0x0011,

    /// <summary>Names the address.</summary>
    BindingSuccess = 0x0101,

    /// <summary>Says what was wrong with the request.</summary>
    BindingError = 0x0111,
}

/// <summary>The attributes that are read or written here (RFC 8489 §14, RFC 8445 §16.1).</summary>
public enum StunAttribute
{
    /// <summary>Whose password proves the message.</summary>
    Username = 0x0006,

    /// <summary>HMAC-SHA1 over all that comes before it.</summary>
    MessageIntegrity = 0x0008,

    /// <summary>A code of three digits with its reason.</summary>
    ErrorCode = 0x0009,

    /// <summary>The attributes that were not understood.</summary>
    UnknownAttributes = 0x000A,

    /// <summary>HMAC-SHA256, which ICE does not use; RFC 8489 §14.6 puts it after the other.</summary>
    MessageIntegritySha256 = 0x001C,

    /// <summary>The address that the asker is seen at.</summary>
    XorMappedAddress = 0x0020,

    /// <summary>What the candidate would be worth if the check finds it.</summary>
    Priority = 0x0024,

    /// <summary>The controlling agent nominates the pair that carries this.</summary>
    UseCandidate = 0x0025,

    /// <summary>What the sender calls itself.</summary>
    Software = 0x8022,

    /// <summary>CRC-32 over all that comes before it.</summary>
    Fingerprint = 0x8028,

    /// <summary>The sender believes that it is controlled, with its tie-breaker.</summary>
    IceControlled = 0x8029,

    /// <summary>The sender believes that it is controlling, with its tie-breaker.</summary>
    IceControlling = 0x802A,
}

/// <summary>The error codes that are answered (RFC 8489 §14.8, RFC 8445 §7.3.1.1).</summary>
public enum StunError
{
    /// <summary>The request lacks what it must have.</summary>
    BadRequest = 400,

    /// <summary>The user is not known, or the password is not the user's.</summary>
    Unauthenticated = 401,

    /// <summary>An attribute that must be understood is not.</summary>
    UnknownAttribute = 420,

    /// <summary>Both ends take the same role.</summary>
    RoleConflict = 487,
}

/// <summary>Why a datagram is not a STUN message.</summary>
public enum StunFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Shorter than a header, or longer than a message may be here.</summary>
    Size,

    /// <summary>Without the magic cookie, or not beginning with two zero bits.</summary>
    Cookie,

    /// <summary>The length of its header is not the datagram's.</summary>
    Length,

    /// <summary>An attribute reaches beyond the end, or has a length that its type does not allow.</summary>
    Attribute,

    /// <summary>More attributes than any message needs.</summary>
    TooMany,
}
