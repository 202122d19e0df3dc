using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Wire.Rtp;
using Interop.Console.Demo.Phones;
using Interop.Console.Demo.Script;
using Interop.Console.Demo.Speech;

namespace Interop.Console.Demo.Radio;

/// <summary>The field side of a radio channel, behind a gateway that speaks RTP: hears what the hub keys, and keys up itself.</summary>
internal sealed class RadioUnit : IPart, IDisposable
{
    private readonly Voice _voice;
    private readonly VoiceClock _clock;

    /// <exception cref="System.Net.Sockets.SocketException">The address or group cannot be had.</exception>
    public RadioUnit(RadioRole role, VoiceClock clock, PhoneNumbers numbers)
    {
        Id = role.Id;
        var endpoint = new RtpEndpoint(role.Hears, new PayloadFormat(PayloadTypes.Pcmu, RtpFormat.Pcmu), numbers.Ssrc()) { Remote = role.Speaks };
        _voice = new Voice(endpoint, Silence.Kept);
        _clock = clock;
        _clock.Add(_voice);
    }

    public string Id { get; }

    public Task PerformAsync(Act act, CancellationToken cancel) => act switch
    {
        Says says => _voice.SayAsync(SpokenLine.Load(says.Line)),
        _ => throw new InvalidOperationException($"A radio does not know how to do {act.GetType().Name}."),
    };

    public void Dispose()
    {
        _clock.Remove(_voice);
        _voice.Dispose();
    }
}
