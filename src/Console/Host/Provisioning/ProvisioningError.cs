namespace Interop.Console.Host.Provisioning;

/// <summary>One thing that is wrong in a provisioning file.</summary>
/// <param name="Path">As in JSONPath.</param>
/// <param name="Line">Counted from 1; 0 where the whole file is meant.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record ProvisioningError(string Path, int Line, string Text)
{
    public override string ToString() => Line > 0 ? $"line {Line}, {Path}: {Text}" : Text;
}
