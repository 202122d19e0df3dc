using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Recording;

namespace Interop.Tests.Unit.Media.Recording;

/// <summary>A disk that fails, fills or hangs when a test says so.</summary>
internal sealed class MemoryDisk : ISegmentStore
{
    /// <summary>Every file that is there.</summary>
    public Dictionary<(string Room, string Id), MemoryStream> Files { get; } = [];

    /// <summary>Whether writes fail.</summary>
    public bool Broken { get; set; }

    /// <summary>Whether no file can be made, as without free inodes; what is open is written.</summary>
    public bool TakesNoMore { get; set; }

    /// <summary>Octets that are free.</summary>
    public long Free { get; set; } = long.MaxValue;

    /// <summary>Writes wait for it.</summary>
    public ManualResetEventSlim Answers { get; } = new(initialState: true);

    /// <summary>Set when a write waits.</summary>
    public ManualResetEventSlim Waits { get; } = new();

    public Stream Create(string room, string id)
    {
        Check();
        if (TakesNoMore) throw new IOException("The disk takes no more files.");
        return new Handle(this, Files[(room, id)] = new MemoryStream());
    }

    public Stream? Reopen(string room, string id)
    {
        Check();
        return Files.TryGetValue((room, id), out var file) ? new Handle(this, file) : null;
    }

    public IReadOnlyList<(string Room, string Id)> Unsealed() => [.. Files.Keys];

    public void Discard(string room, string id) => Files.Remove((room, id));

    public long Room() => Free;

    /// <summary>Puts files here as a killed process leaves them: a head, and a frame of silence.</summary>
    public void Leave(int files)
    {
        for (var i = 0; i < files; i++)
        {
            var title = new SegmentTitle($"{i:x32}", "room", SegmentKind.Mix, null, null, default);
            Files[(title.Room, title.Id)] = new MemoryStream();
            Files[(title.Room, title.Id)].Write([.. WaveHead.Write(title, Band.Narrow, 0), .. new byte[160]]);
        }
    }

    /// <summary>What a player would play, at the rate that the head says.</summary>
    public (short[] Samples, int Rate) Play(Segment segment)
    {
        var file = Files[(segment.Title.Room, segment.Title.Id)].ToArray();
        Assert.Equal(segment.Octets, file.Length);
        Assert.Equal(BitConverter.ToUInt32(file, WaveHead.Length - 4), (uint)(file.Length - WaveHead.Length));
        Assert.Equal(BitConverter.ToUInt32(file, 4), (uint)(file.Length - 8));
        var (format, rate) = (BitConverter.ToUInt16(file, 20), BitConverter.ToInt32(file, 24));
        var audio = file.AsSpan(WaveHead.Length);
        if (format == 1)
            return (System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(audio).ToArray(), rate);
        Assert.Equal((7, AudioFrame.SampleRate), (format, rate));
        var samples = new short[audio.Length];
        G711.DecodeMuLaw(audio, samples);
        return (samples, rate);
    }

    private void Check()
    {
        Waits.Set();
        Answers.Wait();
        Waits.Reset();
        if (Broken) throw new IOException("The disk is on fire.");
    }

    private sealed class Handle(MemoryDisk disk, MemoryStream file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position { get; set; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            file.Position = Position;
            var read = file.Read(buffer, offset, count);
            Position = file.Position;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => file.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count)
        {
            disk.Check();
            file.Position = Position;
            file.Write(buffer, offset, count);
            Position = file.Position;
        }
    }
}
