using System.Text;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Text;

/// <summary>A text on its way to a phone.</summary>
/// <param name="Author">Name and agency, as people know them.</param>
/// <param name="Text">What was written.</param>
/// <param name="At">When.</param>
internal sealed record OutgoingText(string Author, string Text, DateTimeOffset At)
{
    /// <summary>The body: an envelope that names the writer, or plain text that begins with it, since not every phone shows a sender's name.</summary>
    /// <param name="room">The room, as the phone can write to it.</param>
    /// <param name="phone">The phone's own address.</param>
    public (string Type, byte[] Body) Body(SipUri room, string phone, bool cpim) => cpim
        ? (TextTypes.Cpim, CpimMessage.Plain(new CpimAddress(Author, room.ToString()), new CpimAddress(null, phone), At, Text).ToBytes())
        : ($"{TextTypes.Plain};charset=utf-8", Encoding.UTF8.GetBytes($"{Author}: {Text}"));
}
