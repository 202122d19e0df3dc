using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Text;

/// <summary>A text on its way to a phone.</summary>
/// <param name="Author">Name and agency, as people know them.</param>
/// <param name="Text">What was written.</param>
/// <param name="At">When.</param>
internal sealed record OutgoingText(string Author, string Text, DateTimeOffset At)
{
    /// <summary>The body: plain text that begins with its writer, since not every phone shows a sender's name.</summary>
    public (string Type, byte[] Body) Body(NameAddr room, bool cpim) =>
        ($"{TextTypes.Plain};charset=utf-8", Encoding.UTF8.GetBytes($"{Author}: {Text}"));
}
