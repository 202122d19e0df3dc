namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>An a= line; the value is null when there is no colon.</summary>
public readonly record struct SdpAttribute(string Name, string? Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}
