namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>An a= line; the value is null when there is no colon.</summary>
public readonly record struct SdpAttribute(string Name, string? Value)
{
    /// <summary>The line for a reader of logs: the value of what holds a secret is withheld.</summary>
    public override string ToString() =>
        Value is null ? Name : Name is SdpCrypto.AttributeName or "ice-pwd" or "key-mgmt" ? $"{Name}:(withheld)" : $"{Name}:{Value}";
}
