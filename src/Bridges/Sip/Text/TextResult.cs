namespace Interop.Bridges.Sip.Text;

/// <summary>What became of a line that was sent to a phone.</summary>
internal abstract record TextResult
{
    private TextResult()
    {
    }

    /// <summary>The phone took it.</summary>
    public sealed record Sent : TextResult;

    /// <summary>The phone will not take it; why, in words for the room.</summary>
    public sealed record Refused(string Cause) : TextResult;

    /// <summary>There is no call any more: the line may yet come by the next one.</summary>
    public sealed record CallOver : TextResult;
}
