using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What a stream holds next.</summary>
internal enum SipFrameKind
{
    /// <summary>Nothing whole yet.</summary>
    Incomplete,

    /// <summary>One message.</summary>
    Message,

    /// <summary>A double line break: a peer that wants to hear a single one (RFC 5626 section 4.4.1).</summary>
    Ping,

    /// <summary>Where the next message begins can no longer be told; the stream must be closed.</summary>
    Broken,
}

/// <summary>Cuts a stream into messages by Content-Length (RFC 3261 section 18.3).</summary>
internal sealed class SipFramer(SipLimits limits)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private int _scanned;
    private int _breaks;
    private volatile bool _awaitsPong;

    /// <summary>Whether a message has begun and is not complete.</summary>
    public bool IsInside => _end > _start;

    /// <summary>The next line break between messages answers our ping; otherwise two answers would look like a ping of the peer.</summary>
    public void ExpectPong() => _awaitsPong = true;

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (_end + octets.Length > _buffer.Length)
        {
            var size = _buffer.Length;
            while (size < _end - _start + octets.Length) size *= 2;
            var target = size == _buffer.Length ? _buffer : new byte[size];
            Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
            _buffer = target;
            _end -= _start;
            _start = 0;
        }

        octets.CopyTo(_buffer.AsSpan(_end));
        _end += octets.Length;
    }

    /// <summary>The next frame; of a broken stream the octets that may still identify the request to refuse.</summary>
    public SipFrameKind Next(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (TakeBreaks()) return SipFrameKind.Ping;
        var waiting = _buffer.AsSpan(_start, _end - _start);
        if (waiting.IsEmpty || waiting.SequenceEqual("\r"u8)) return SipFrameKind.Incomplete;
        var from = Math.Max(0, _scanned - 3);
        var blank = waiting[from..].IndexOf("\r\n\r\n"u8);
        if (blank < 0)
        {
            _scanned = waiting.Length;
            return waiting.Length > limits.MessageBytes ? Break(waiting, out frame) : SipFrameKind.Incomplete;
        }

        var head = from + blank + 4;
        if (!TryContentLength(waiting[..head], out var length) || head + length > limits.MessageBytes) return Break(waiting[..head], out frame);
        if (waiting.Length < head + length) return SipFrameKind.Incomplete;
        frame = waiting[..(head + length)];
        _start += frame.Length;
        _scanned = 0;
        return SipFrameKind.Message;
    }

    private bool TakeBreaks()
    {
        while (_end - _start >= 2 && _buffer[_start] == '\r' && _buffer[_start + 1] == '\n')
        {
            _start += 2;
            _scanned = 0;
            if (_awaitsPong)
            {
                _awaitsPong = false;
                continue;
            }

            if (++_breaks < 2) continue;
            _breaks = 0;
            return true;
        }

        if (_end - _start > 0 && _buffer[_start] != '\r') _breaks = 0;
        return false;
    }

    private SipFrameKind Break(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> frame)
    {
        frame = rest;
        _start = _end;
        return SipFrameKind.Broken;
    }

    private static bool TryContentLength(ReadOnlySpan<byte> head, out int length)
    {
        length = -1;
        var position = 0;
        while (position < head.Length)
        {
            var end = head[position..].IndexOf("\r\n"u8);
            while (position + end + 2 < head.Length && head[position + end + 2] is (byte)' ' or (byte)'\t')
            {
                end = end + 2 + head[(position + end + 2)..].IndexOf("\r\n"u8);
            }

            var field = head.Slice(position, end);
            position += end + 2;
            var colon = field.IndexOf((byte)':');
            if (colon < 0 || !IsContentLength(field[..colon].TrimEnd(" \t"u8))) continue;
            var text = Encoding.Latin1.GetString(field[(colon + 1)..].Trim(" \t\r\n"u8));
            // Two lengths that differ let one stream be read in two ways: request smuggling.
            if (!HeaderLexer.TryNumber(text, int.MaxValue / 2, out var number) || (length >= 0 && length != (int)number)) return false;
            length = (int)number;
        }

        return length >= 0;
    }

    private static bool IsContentLength(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "Content-Length"u8) || Ascii.EqualsIgnoreCase(name, "l"u8);
}
