using System.Text.Json;
using Microsoft.Playwright;

namespace Interop.Tests.Browser.Console;

/// <summary>Listens inside a page: headless, there is no sound device to listen at.</summary>
/// <remarks>What the newest connection brings is recorded and decoded again, so that the tone itself is heard and not just packets.</remarks>
internal static class PageEar
{
    /// <summary>Asks a page of Playwright.</summary>
    public static async Task<T> Ask<T>(IPage page, string expression) =>
        JsonSerializer.Deserialize<T>(await page.EvaluateAsync<string>($"async () => JSON.stringify(await {expression})"), JsonSerializerOptions.Web)!;

    /// <summary>Runs before the page's own scripts.</summary>
    public const string Watch =
        """
        const Real = window.RTCPeerConnection;
        window.peers = [];
        window.RTCPeerConnection = class extends Real {
          constructor(...all) {
            super(...all);
            window.peers.push(this);
          }
        };
        """;

    /// <summary>The tone of the next second, by its zero crossings, and how loud it is: <c>{ hertz, level }</c>, level in dB.</summary>
    public const string Hears =
        """
        (async () => {
          const recorder = new MediaRecorder(new MediaStream([window.peers.at(-1).getReceivers()[0].track]));
          const pieces = [];
          recorder.ondataavailable = ({ data }) => pieces.push(data);
          const ended = new Promise((resolve) => (recorder.onstop = resolve));
          recorder.start();
          await new Promise((resolve) => setTimeout(resolve, 1000));
          recorder.stop();
          await ended;
          const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(await new Blob(pieces).arrayBuffer());
          const samples = sound.getChannelData(0).subarray(sound.length >> 1);
          let crossings = 0;
          let energy = 1e-20;
          for (let i = 1; i < samples.length; i++) {
            if (samples[i - 1] < 0 !== samples[i] < 0) crossings++;
            energy += samples[i] * samples[i];
          }
          return { hertz: (crossings * sound.sampleRate) / (2 * samples.length), level: 10 * Math.log10(energy / samples.length) };
        })()
        """;

    /// <summary>What the newest connection's chosen path is, and the round trip that the hub's reports give: <c>{ local, roundTrip }</c>.</summary>
    public const string Path =
        """
        (async () => {
          const stats = [...(await window.peers.at(-1).getStats()).values()];
          const pair = stats.find((stat) => stat.type === 'candidate-pair' && stat.nominated && stat.state === 'succeeded');
          const local = stats.find((stat) => stat.id === pair?.localCandidateId);
          const remote = stats.find((stat) => stat.type === 'remote-inbound-rtp');
          return { local: local?.candidateType ?? '', roundTrip: remote?.roundTripTime ?? -1 };
        })()
        """;
}

/// <summary>A tone in a page.</summary>
/// <param name="Hertz">Which one.</param>
/// <param name="Level">How loud, in dB.</param>
public sealed record PageTone(double Hertz, double Level)
{
    /// <summary>Whether it is that one, and no noise.</summary>
    public bool Is(double tone) => Math.Abs(Hertz - tone) < 15 && Level > -40;
}

/// <summary>A page's way to the hub.</summary>
/// <param name="Local">The kind of candidate that it sends from.</param>
/// <param name="RoundTrip">In seconds; -1 while none is known.</param>
public sealed record PagePath(string Local, double RoundTrip);
