using System.Buffers.Binary;
using Interop.Bridges.Media.Codecs;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Audio of a WAV file: one channel of 16-bit linear samples at its own rate.</summary>
internal sealed record Wave(short[] Samples, int SampleRate);

/// <summary>Reads WAV files of one channel in 16-bit PCM, µ-law or A-law, and is told what is wrong with others.</summary>
internal static class WaveFile
{
    /// <summary>The longest that is read; a prompt of four minutes is a mistake.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const int HeaderLength = 12;
    private const int ChunkHeaderLength = 8;
    private const int FormatLength = 16;
    private const ushort Pcm = 1;
    private const ushort ALaw = 6;
    private const ushort MuLaw = 7;

    /// <summary>The audio; null with the reason when it cannot be used.</summary>
    public static Wave? TryRead(ReadOnlySpan<byte> file, out string? fault)
    {
        fault = null;
        if (file.Length > MostBytes || file.Length < HeaderLength || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
        {
            fault = "it is no WAV file of at most 4 MB";
            return null;
        }

        ReadOnlySpan<byte> format = default;
        for (var at = HeaderLength; at + ChunkHeaderLength <= file.Length;)
        {
            var name = file.Slice(at, 4);
            // A file that was written to a pipe says that it is as long as can be.
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]), (uint)(file.Length - at - ChunkHeaderLength));
            var body = file.Slice(at + ChunkHeaderLength, length);
            if (name.SequenceEqual("fmt "u8))
                format = body;
            else if (name.SequenceEqual("data"u8))
                return Decode(format, body, out fault);
            at += ChunkHeaderLength + length + (length & 1);
        }

        fault = "it holds no audio";
        return null;
    }

    private static Wave? Decode(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, out string? fault)
    {
        fault = "it must have one channel of 16-bit PCM, mu-law or A-law";
        if (format.Length < FormatLength || BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) != 1)
            return null;
        var coding = BinaryPrimitives.ReadUInt16LittleEndian(format);
        var rate = (int)BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var samples = new short[coding == Pcm ? data.Length / 2 : data.Length];
        switch (coding, bits)
        {
            case (Pcm, 16):
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]);
                break;
            case (MuLaw, 8):
                G711.DecodeMuLaw(data, samples);
                break;
            case (ALaw, 8):
                G711.DecodeALaw(data, samples);
                break;
            default:
                return null;
        }

        fault = null;
        return new Wave(samples, rate);
    }
}
