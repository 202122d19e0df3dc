using System.Diagnostics;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Tests.Bench.Sip;

/// <summary>Messages per second of one core's time, so that a busy machine does not tell another story, and octets per message.</summary>
internal static class ParseLoad
{
    private const int WarmUp = 30_000;
    private const int Measured = 100_000;
    private static readonly SipLimits Limits = new();

    public static void Run(TextWriter output)
    {
        var invite = (SipRequest)SipParser.Parse(TypicalMessages.Invite, Limits).Message!;
        var answer = SipParser.Parse(TypicalMessages.Answer, Limits).Message!;
        Measure(output, "parse INVITE", () => SipParser.Parse(TypicalMessages.Invite, Limits));
        Measure(output, "parse 200", () => SipParser.Parse(TypicalMessages.Answer, Limits));
        Measure(output, "parse OPTIONS", () => SipParser.Parse(TypicalMessages.Options, Limits));
        Measure(output, "write 200", () => answer.ToBytes());
        Measure(output, "respond 200 to INVITE", () => invite.Respond(200, toTag: "4711").ToBytes());
    }

    private static void Measure(TextWriter output, string what, Action act)
    {
        for (var i = 0; i < WarmUp; i++) act();
        using var self = Process.GetCurrentProcess();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var busy = self.TotalProcessorTime;
        for (var i = 0; i < Measured; i++) act();
        self.Refresh();
        var spent = (self.TotalProcessorTime - busy).TotalSeconds;
        var octets = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Measured;
        output.WriteLine($"sip {what,-22} {Measured / spent,10:F0} messages per core-second, {octets} octets allocated each");
    }
}
