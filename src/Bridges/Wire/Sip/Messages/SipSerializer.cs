using System.Buffers;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Writes messages; Content-Length is always written and always true.</summary>
internal static class SipSerializer
{
    public static byte[] Write(SipMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + message.Body.Length);
        if (message is SipRequest request)
        {
            Text(buffer, request.Method);
            Text(buffer, " ");
            Text(buffer, request.Uri.ToString());
            Text(buffer, " SIP/2.0\r\n");
        }
        else
        {
            var response = (SipResponse)message;
            Text(buffer, "SIP/2.0 ");
            Text(buffer, response.Status.ToString());
            Text(buffer, " ");
            Text(buffer, OneLine(response.Reason));
            Text(buffer, "\r\n");
        }

        foreach (var (name, value) in message.Headers)
        {
            if (string.Equals(name, HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)) continue;
            Field(buffer, name, value);
        }

        Field(buffer, HeaderNames.ContentLength, message.Body.Length.ToString());
        Text(buffer, "\r\n");
        buffer.Write(message.Body.Span);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Field(ArrayBufferWriter<byte> buffer, string name, string value)
    {
        Text(buffer, name);
        Text(buffer, ": ");
        Text(buffer, value);
        Text(buffer, "\r\n");
    }

    /// <summary>A reason phrase may come from an operator or from another network: it must stay one line.</summary>
    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : text.Replace('\r', ' ').Replace('\n', ' ');

    private static void Text(ArrayBufferWriter<byte> buffer, string text) => Encoding.UTF8.GetBytes(text, buffer);
}
