namespace Interop.Bridges.Wire.Rtp;

/// <summary>A 64-bit NTP timestamp: seconds since 1900 in the upper half, their fraction in the lower (RFC 3550 §4).</summary>
public readonly record struct NtpTime(ulong Value)
{
    private static readonly DateTimeOffset s_epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The middle 32 bits, in units of 1/65,536 s: the form of LSR and DLSR.</summary>
    public uint Middle => (uint)(Value >> 16);

    /// <summary>The same instant as <paramref name="time"/>; the seconds wrap in 2036.</summary>
    public static NtpTime From(DateTimeOffset time)
    {
        var ticks = (ulong)(time - s_epoch).Ticks;
        var seconds = ticks / TimeSpan.TicksPerSecond;
        var fraction = ((ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return new NtpTime((seconds << 32) | fraction);
    }

    /// <summary>A span in units of 1/65,536 s; what does not fit is held at the greatest value.</summary>
    public static uint ToUnits(TimeSpan span) =>
        (uint)Math.Clamp(span.Ticks * 65_536 / TimeSpan.TicksPerSecond, 0, uint.MaxValue);

    /// <summary>The span of a count of 1/65,536 s.</summary>
    public static TimeSpan FromUnits(uint units) => new(units * TimeSpan.TicksPerSecond / 65_536);
}
