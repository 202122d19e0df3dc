using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Recording;
using Interop.Bridges.Media.Sockets;
using Interop.Tests.Unit.Media.Recording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Tests.Unit.Media;

/// <summary>An engine on fake time and the fake network, stepped by hand.</summary>
internal sealed class MediaRig : IAsyncDisposable
{
    public const string Room = "room";
    private readonly List<MediaReport> _reports = [];
    private uint _random = 7;

    public MediaRig(MediaOptions? options = null, IMediaFence? fence = null, ISegmentStore? recordings = null)
    {
        Recorder = new Recorder(recordings ?? new MemoryDisk(), Time, NullLogger<Recorder>.Instance);
        Engine = new MediaEngine(
            options ?? new MediaOptions { AutomaticLevel = false }, Time, NullLogger<MediaEngine>.Instance, fence, Network, () => _random = (_random * 1_664_525) + 1_013_904_223, recorder: Recorder);
        Engine.Step();
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeNetwork Network { get; } = new();

    public MediaEngine Engine { get; }

    /// <summary>Stepped by hand too; it has no thread.</summary>
    public Recorder Recorder { get; }

    public List<FarEnd> Phones { get; } = [];

    /// <summary>All reports so far.</summary>
    public IReadOnlyList<MediaReport> Reports
    {
        get
        {
            while (Engine.Reports.TryRead(out var report)) _reports.Add(report);
            return _reports;
        }
    }

    public async Task<FarEnd> AddPhoneAsync(string leg, RtpFormat format = RtpFormat.Pcmu, LegMode mode = LegMode.Talk, int packetTime = 20)
    {
        var phone = new FarEnd(Network, new IPEndPoint(IPAddress.Parse("10.0.0.1"), 4000 + (2 * Phones.Count)), format) { Ssrc = 0x1000u + (uint)Phones.Count };
        var port = await Engine.OpenPhoneAsync(Room, leg, new PhoneSettings { Mode = mode }) ?? throw new InvalidOperationException("no port");
        phone.Remote = new Destination(port.Local);
        Engine.SetRemote(Room, leg, RemoteOf(phone) with { PacketTime = TimeSpan.FromMilliseconds(packetTime) });
        Phones.Add(phone);
        return phone;
    }

    public static PhoneRemote RemoteOf(FarEnd phone) => new() { Rtp = phone.Local, Send = phone.Format, Accept = [phone.Format, new PayloadFormat(101, RtpFormat.TelephoneEvent)] };

    /// <summary>20 ms pass.</summary>
    public void Tick()
    {
        Time.Advance(AudioFrame.Duration);
        Engine.Step();
        foreach (var phone in Phones) phone.Receive();
    }

    public void Ticks(int count, Action? before = null)
    {
        for (var i = 0; i < count; i++)
        {
            before?.Invoke();
            Tick();
        }
    }

    public LegStatistics Read(string leg) => Engine.Read(Room, leg) ?? throw new InvalidOperationException($"{leg} is not open");

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Recorder.Dispose();
    }
}
