using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interop.Bridges.Media.Recording;

/// <summary>The first 1,024 octets of a segment's file: RIFF/WAVE with µ-law at 8 kHz or 16-bit linear at 16 kHz, and the title as its comment.</summary>
/// <remarks>
/// Its length is fixed, so that it is written before the first sample, and once more, over itself, when the length is known.
/// A data length of 0 is that of a file which is still open.
/// </remarks>
internal static class WaveHead
{
    public const int Length = 1024;

    private const int RiffLength = 4, Format = 20, Rate = 24, ByteRate = 28, Block = 32, Bits = 34, Fact = 46;
    private const int List = 50, Comment = 62, CommentText = 70, Data = Length - 8, DataLength = Length - 4;
    private const int CommentLength = Data - CommentText;
    private const ushort Linear = 1, MuLaw = 7;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>How many octets one frame of 20 ms takes.</summary>
    public static int FrameOctets(Band band) => band == Band.Wide ? 2 * band.FrameSamples() : band.FrameSamples();

    /// <summary>How long so many octets of audio sound.</summary>
    public static TimeSpan Sound(Band band, long octets) => octets * AudioFrame.Duration / FrameOctets(band);

    public static byte[] Write(SegmentTitle title, Band band, long audioOctets)
    {
        var head = new byte[Length];
        var wide = band == Band.Wide;
        Name(head, 0, "RIFF");
        Number(head, RiffLength, Length - 8 + audioOctets);
        Name(head, 8, "WAVEfmt ");
        Number(head, 16, 18);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(Format), wide ? Linear : MuLaw);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(Format + 2), 1);
        Number(head, Rate, AudioFrame.SampleRate * band.Scale());
        Number(head, ByteRate, FrameOctets(band) * 50);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(Block), (ushort)SampleOctets(band));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(Bits), (ushort)(8 * SampleOctets(band)));
        Name(head, 38, "fact");
        Number(head, 42, 4);
        Number(head, Fact, audioOctets / SampleOctets(band));
        Name(head, List, "LIST");
        Number(head, List + 4, Data - List - 8);
        Name(head, List + 8, "INFOICMT");
        Number(head, Comment + 4, CommentLength);
        Encode(title).CopyTo(head.AsSpan(CommentText));
        Name(head, Data, "data");
        Number(head, DataLength, audioOctets);
        return head;
    }

    /// <summary>Reads what <see cref="Write"/> wrote; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> head, out SegmentTitle title, out Band band)
    {
        (title, band) = (null!, default);
        if (head.Length < Length || !head[..4].SequenceEqual("RIFF"u8) || !head[Data..DataLength].SequenceEqual("data"u8)) return false;
        band = BinaryPrimitives.ReadUInt16LittleEndian(head[Format..]) == MuLaw ? Band.Narrow : Band.Wide;
        var text = head.Slice(CommentText, CommentLength);
        try
        {
            title = JsonSerializer.Deserialize<SegmentTitle>(text.TrimEnd((byte)0), s_json)!;
            return title is { Id: not null, Room: not null };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The octets of one sample.</summary>
    public static int SampleOctets(Band band) => band == Band.Wide ? 2 : 1;

    // A name that does not fit is cut, with the surrogate pair in which the cut would fall.
    private static byte[] Encode(SegmentTitle title)
    {
        for (var most = 200; ; most /= 2)
        {
            var cut = title.Talker is { } talker ? title with { Talker = new Talker(Cut(talker.Name, most), Cut(talker.Group, most)) } : title;
            var text = JsonSerializer.SerializeToUtf8Bytes(cut, s_json);
            if (text.Length <= CommentLength) return text;
        }
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static void Name(byte[] head, int at, string name) => Encoding.ASCII.GetBytes(name, head.AsSpan(at));

    private static void Number(byte[] head, int at, long number) => BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(at), (uint)number);
}
