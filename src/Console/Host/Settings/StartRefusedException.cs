namespace Interop.Console.Host.Settings;

/// <summary>The node cannot start, for reasons that its operator can put right; they are shown without a stack.</summary>
internal sealed class StartRefusedException(string what, IReadOnlyList<string> reasons) : Exception(what)
{
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
