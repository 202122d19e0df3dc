using System.Threading.Channels;

namespace Interop.Bridges.Media.Rooms;

/// <summary>The bounded way of reports out of the tick thread: it never waits, and counts what nobody read in time.</summary>
internal sealed class Reporter
{
    private readonly Channel<MediaReport> _channel;

    // Wait, so that TryWrite is false when full: the modes that drop would not say that they did.
    public Reporter(int capacity) => _channel = Channel.CreateBounded<MediaReport>(
        new BoundedChannelOptions(capacity) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<MediaReport> Reader => _channel.Reader;

    public long Dropped;

    public void Report(MediaReportKind kind, string? room, string? leg, TimeSpan now, char key = '\0')
    {
        if (!_channel.Writer.TryWrite(new MediaReport(kind, room, leg, now, key))) Dropped++;
    }

    public void Complete() => _channel.Writer.TryComplete();
}
