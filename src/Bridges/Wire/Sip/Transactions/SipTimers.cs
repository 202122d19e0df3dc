namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The three durations from which every timer of RFC 3261 section 17 is made (its table 4).</summary>
public sealed record SipTimers
{
    /// <summary>The round-trip time estimate.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest interval between retransmissions of a request other than INVITE, and of a response to INVITE.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest time that a message stays in the network.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Timer D: how long an answered INVITE waits for retransmitted failures; at least 32 s over UDP.</summary>
    public TimeSpan D { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>64*T1: timers B, F, H, J, L and M, and the wait for the ACK of a 2xx.</summary>
    public TimeSpan Long => T1 * 64;
}
