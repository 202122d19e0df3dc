using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Interop.Bridges.Media.Codecs;

namespace Interop.Bridges.Media.Recording;

/// <summary>A segment that is being written: its head, and one frame after the other.</summary>
/// <remarks>Owned by the recorder's thread. Frames are gathered and handed to the system by <see cref="Flush"/>.</remarks>
internal sealed class SegmentFile : IDisposable
{
    private readonly Stream _stream;
    private readonly Band _band;
    private byte[] _pending = new byte[16 * 1024];
    private int _length;

    /// <summary>Writes the head. The stream is the file's from now on, also when that fails.</summary>
    public SegmentFile(Stream stream, SegmentTitle title, Band band)
    {
        (_stream, Title, _band) = (stream, title, band);
        try
        {
            _stream.Write(WaveHead.Write(title, band, 0));
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public SegmentTitle Title { get; }

    /// <summary>Octets of audio so far.</summary>
    public long Audio { get; private set; }

    public void Add(ReadOnlySpan<short> samples)
    {
        var octets = Take();
        if (_band == Band.Narrow)
            G711.EncodeMuLaw(samples, octets);
        else if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(samples).CopyTo(octets);
        else
            for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(octets[(2 * i)..], samples[i]);
    }

    public void AddSilence(long frames)
    {
        for (var i = 0L; i < frames; i++) Take().Fill(_band == Band.Narrow ? G711.MuLawSilence : (byte)0);
    }

    /// <summary>Hands everything to the system: from here on the process may be killed.</summary>
    public void Flush()
    {
        if (_length == 0) return;
        _stream.Write(_pending.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>Writes the length into the head, waits for the disk, and hashes what is there.</summary>
    public Segment Finish(TimeSpan lost)
    {
        Flush();
        return Finish(_stream, Title, _band, Audio, lost);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Finishes a file that was cut off wherever it was; null when there is no sound in it.</summary>
    public static Segment? Repair(Stream stream)
    {
        var head = new byte[WaveHead.Length];
        stream.Position = 0;
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !WaveHead.TryRead(head, out var title, out var band)) return null;
        var audio = stream.Length - WaveHead.Length;
        audio -= audio % WaveHead.SampleOctets(band);
        if (audio == 0) return null;
        stream.SetLength(WaveHead.Length + audio);
        return Finish(stream, title, band, audio, TimeSpan.Zero);
    }

    private static Segment Finish(Stream stream, SegmentTitle title, Band band, long audio, TimeSpan lost)
    {
        stream.Position = 0;
        stream.Write(WaveHead.Write(title, band, audio));
        if (stream is FileStream file) file.Flush(flushToDisk: true);
        stream.Position = 0;
        return new Segment(title, WaveHead.Sound(band, audio), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)), lost);
    }

    private Span<byte> Take()
    {
        var octets = WaveHead.FrameOctets(_band);
        if (_length + octets > _pending.Length) Flush();
        _length += octets;
        Audio += octets;
        return _pending.AsSpan(_length - octets, octets);
    }
}
