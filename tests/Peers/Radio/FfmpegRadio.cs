using System.Globalization;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Peers.Radio;

/// <summary>A radio gateway's far end, played by ffmpeg over plain RTP.</summary>
/// <remarks>PCMU, 20 ms packets, on the loopback; an address from 224 to 239 is multicast.</remarks>
public sealed class FfmpegRadio : IAsyncDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(15);

    private readonly PeerProcess _process;
    private readonly string _file;

    private FfmpegRadio(PeerProcess process, string file)
    {
        _process = process;
        _file = file;
    }

    /// <summary>Keys the radio: a tone towards where the hub receives. Waits until it is over.</summary>
    public static async Task Speak(Workplace place, string to, double hertz, TimeSpan length)
    {
        Programs.Require("ffmpeg", "ffmpeg");
        // Without asetnsamples ffmpeg cuts its frames of 1,024 samples into six packets of 20 ms and one of 8.
        var tone = string.Create(CultureInfo.InvariantCulture, $"sine=frequency={hertz}:sample_rate=8000:duration={length.TotalSeconds}");
        await using var speaker = PeerProcess.Start(
            "ffmpeg as a talking radio",
            "ffmpeg",
            [
                "-hide_banner", "-loglevel", "error", "-re", "-f", "lavfi", "-i", tone,
                "-af", "volume=6dB,asetnsamples=n=160", "-ac", "1", "-c:a", "pcm_mulaw",
                "-f", "rtp", $"rtp://{to}?pkt_size=172&localaddr=127.0.0.1&ttl=1",
            ],
            place.Path);
        var code = await speaker.Exited(length + Slack);
        Xunit.Assert.True(code == 0, $"ffmpeg could not speak to {to}:\n{speaker.Tail}");
    }

    /// <summary>Starts recording what the hub transmits to an address.</summary>
    public static async Task<FfmpegRadio> Record(Workplace place, string at)
    {
        Programs.Require("ffmpeg", "ffmpeg");
        var (address, port) = (at[..at.IndexOf(':', StringComparison.Ordinal)], at[(at.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var sdp = place.File("radio.sdp");
        await File.WriteAllTextAsync(sdp, $"""
            v=0
            o=- 0 0 IN IP4 127.0.0.1
            s=radio
            c=IN IP4 {address}
            t=0 0
            m=audio {port} RTP/AVP 0
            a=rtpmap:0 PCMU/8000

            """);
        var file = place.File("radio.wav");
        var process = PeerProcess.Start(
            "ffmpeg as a listening radio",
            "ffmpeg",
            [
                "-hide_banner", "-loglevel", "info", "-y", "-protocol_whitelist", "file,udp,rtp", "-listen_timeout", "60",
                "-localaddr", "127.0.0.1", "-i", sdp, "-ar", "8000", "-ac", "1", "-c:a", "pcm_s16le", "-flush_packets", "1", file,
            ],
            place.Path);
        var radio = new FfmpegRadio(process, file);
        await Until.True("ffmpeg to listen for the radio", () => IsBound(int.Parse(port, CultureInfo.InvariantCulture)), context: () => process.Tail);
        return radio;
    }

    /// <summary>Stops recording, and gives what was transmitted; the pauses between transmissions are not in it.</summary>
    public async Task<Recording> Finish()
    {
        // While nothing is transmitted ffmpeg waits in a read and hears no signal; each packet is in the file already.
        await _process.Kill();
        return File.Exists(_file) ? Recording.Read(_file) : new Recording([]);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static bool IsBound(int port)
    {
        var wanted = $":{port:X4} ";
        return File.ReadLines("/proc/net/udp").Any(line => line.Contains(wanted, StringComparison.Ordinal));
    }
}
