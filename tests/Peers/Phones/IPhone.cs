using System.Globalization;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Peers.Phones;

/// <summary>A softphone of somebody else's making, as a test uses it: it says a WAV, keeps what it hears, and answers when it is called.</summary>
public interface IPhone : IAsyncDisposable
{
    /// <summary>Its address.</summary>
    string Uri { get; }

    /// <summary>Whether it is in a call.</summary>
    bool InCall { get; }

    /// <summary>How much it has recorded so far, in bytes; it grows while packets come.</summary>
    long HeardBytes { get; }

    /// <summary>Calls somebody, and waits until the call is answered.</summary>
    Task Call(string uri);

    /// <summary>Waits until somebody called it, and it answered.</summary>
    /// <param name="calls">How many calls in all.</param>
    /// <param name="limit">The longest wait.</param>
    Task Answered(int calls = 1, TimeSpan? limit = null);

    /// <summary>Waits until the other side ended the call.</summary>
    Task Closed(TimeSpan? limit = null);

    /// <summary>Presses a key in the call, as RFC 4733 has it.</summary>
    Task Press(char key);

    /// <summary>Puts the other side on hold.</summary>
    Task Hold();

    /// <summary>Takes the other side back.</summary>
    Task Resume();

    /// <summary>Sends the other side to somebody else, with a REFER.</summary>
    Task Transfer(string uri);

    /// <summary>Hangs up, and stays there to be called.</summary>
    Task HangUp();

    /// <summary>What it heard up to now; linphonec has written all of it only once it hung up.</summary>
    Recording Heard();
}

/// <summary>Where a phone registers, and as whom.</summary>
/// <param name="Address">Host and port of the registrar.</param>
/// <param name="User">The user name, which is also the digest's.</param>
/// <param name="Password">The password.</param>
public sealed record Account(string Address, string User, string Password);

/// <summary>What a phone is told when it starts.</summary>
/// <param name="Name">Its user name, unless it has an account.</param>
/// <param name="Says">What it says in its calls, each time from the start.</param>
/// <param name="Codec"><c>pcmu</c>, <c>pcma</c>, <c>G722/16000/1</c>, <c>L16/16000/1</c> (baresip alone) or <c>opus/48000/2</c>.</param>
/// <param name="Transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>.</param>
/// <param name="Account">Where it registers; null for nowhere.</param>
/// <param name="Proxy">Host and port through which its calls go when it does not register.</param>
/// <param name="Answers">Whether it answers by itself; otherwise it rings until it is told to (baresip alone).</param>
public sealed record PhonePlan(
    string Name, short[] Says, string Codec = "pcmu", string Transport = "udp", Account? Account = null, string? Proxy = null, bool Answers = true)
{
    /// <summary>Whom its lines of text are for (baresip alone).</summary>
    public string? WritesTo { get; init; }

    /// <summary>How it protects its voice, in baresip's words: <c>srtp</c> where it can, <c>srtp-mand</c> always; null never.</summary>
    public string? Secures { get; init; }

    /// <summary>The rate of what it says and hears: its codec's, since phones of files resample nothing.</summary>
    public int Rate => Codec.Split('/') is [_, var rate, _] ? int.Parse(rate, CultureInfo.InvariantCulture) : ToneFile.Rate;

    /// <summary>The channels of the same.</summary>
    public int Channels => Codec.Split('/') is [_, _, var channels] ? int.Parse(channels, CultureInfo.InvariantCulture) : 1;

    /// <summary>Its user name.</summary>
    public string User => Account?.User ?? Name;
}
