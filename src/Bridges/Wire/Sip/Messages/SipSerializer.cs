using System.Buffers;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Writes messages; Content-Length is always written and always true.</summary>
internal static class SipSerializer
{
    public static byte[] Write(SipMessage message)
    {
        var writer = new Writer(512 + 64 * message.Headers.Count + message.Body.Length);
        if (message is SipRequest request)
        {
            writer.Text(request.Method);
            writer.Octets(" "u8);
            writer.Text(request.Uri.ToString());
            writer.Octets(" SIP/2.0\r\n"u8);
        }
        else
        {
            var response = (SipResponse)message;
            writer.Octets("SIP/2.0 "u8);
            writer.Number(response.Status);
            writer.Octets(" "u8);
            writer.Text(OneLine(response.Reason));
            writer.Octets("\r\n"u8);
        }

        WriteFields(message.Headers, ref writer);
        writer.Octets("Content-Length: "u8);
        writer.Number(message.Body.Length);
        writer.Octets("\r\n\r\n"u8);
        writer.Octets(message.Body.Span);
        return writer.Finish();
    }

    private static void WriteFields(SipHeaders headers, ref Writer writer)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers.NameAt(i);
            if (string.Equals(name, HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)) continue;
            writer.Text(name);
            writer.Octets(": "u8);
            // What came from the wire goes out as it came; it is one line, as the reader saw to.
            var octets = headers.OctetsAt(i);
            if (octets.IsEmpty) writer.Text(headers.TextAt(i));
            else writer.Octets(octets);
            writer.Octets("\r\n"u8);
        }
    }

    /// <summary>A reason phrase may come from an operator or from another network: it must stay one line.</summary>
    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : text.Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>A growing buffer from the shared pool; <see cref="Finish"/> gives it back.</summary>
    private ref struct Writer(int size)
    {
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(size);
        private int _length;

        public void Octets(ReadOnlySpan<byte> octets)
        {
            Reserve(octets.Length);
            octets.CopyTo(_buffer.AsSpan(_length));
            _length += octets.Length;
        }

        public void Text(string text)
        {
            Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
            _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        }

        public void Number(int number)
        {
            Reserve(11);
            number.TryFormat(_buffer.AsSpan(_length), out var written);
            _length += written;
        }

        public readonly byte[] Finish()
        {
            var octets = _buffer.AsSpan(0, _length).ToArray();
            ArrayPool<byte>.Shared.Return(_buffer);
            return octets;
        }

        private void Reserve(int more)
        {
            if (_length + more <= _buffer.Length) return;
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
