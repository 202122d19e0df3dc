using System.Text.Json;
using Microsoft.Playwright;

namespace Interop.Tests.Browser.Console;

/// <summary>Listens inside a page: headless, there is no sound device to listen at.</summary>
/// <remarks>The newest connection's sound goes through a Fourier transform, so that the tone itself is heard and not just packets.</remarks>
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
            this.addEventListener('track', ({ track }) => {
              const context = (window.earContext ??= new AudioContext());
              void context.resume();
              window.ear = context.createAnalyser();
              window.ear.fftSize = 8192;
              window.ear.smoothingTimeConstant = 0;
              context.createMediaStreamSource(new MediaStream([track])).connect(window.ear);
            });
          }
        };
        """;

    /// <summary>The loudest tone of the last 170 ms, and how loud: <c>{ hertz, level }</c>, level in dB.</summary>
    public const string Hears =
        """
        (() => {
          if (!window.ear) return { hertz: 0, level: -200 };
          const bins = new Float32Array(window.ear.frequencyBinCount);
          window.ear.getFloatFrequencyData(bins);
          let best = 0;
          for (let i = 1; i < bins.length; i++) if (bins[i] > bins[best]) best = i;
          return { hertz: (best * window.ear.context.sampleRate) / window.ear.fftSize, level: Number.isFinite(bins[best]) ? bins[best] : -200 };
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
    public bool Is(double tone) => Math.Abs(Hertz - tone) < 15 && Level > -60;
}

/// <summary>A page's way to the hub.</summary>
/// <param name="Local">The kind of candidate that it sends from.</param>
/// <param name="RoundTrip">In seconds; -1 while none is known.</param>
public sealed record PagePath(string Local, double RoundTrip);
