using BenchmarkDotNet.Attributes;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Tests.Bench.Sip;

/// <summary>One message in, one out.</summary>
[MemoryDiagnoser]
public class SipBenchmarks
{
    private static readonly SipLimits Limits = new();
    private readonly SipRequest _invite = (SipRequest)SipParser.Parse(TypicalMessages.Invite, Limits).Message!;
    private readonly SipMessage _answer = SipParser.Parse(TypicalMessages.Answer, Limits).Message!;

    [Benchmark]
    public SipParseResult ParseInvite() => SipParser.Parse(TypicalMessages.Invite, Limits);

    [Benchmark]
    public SipParseResult ParseAnswer() => SipParser.Parse(TypicalMessages.Answer, Limits);

    [Benchmark]
    public SipParseResult ParseOptions() => SipParser.Parse(TypicalMessages.Options, Limits);

    [Benchmark]
    public byte[] WriteAnswer() => _answer.ToBytes();

    [Benchmark]
    public byte[] Respond() => _invite.Respond(200, toTag: "4711").ToBytes();
}
