using Interop.Bridges.Alerts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;

namespace Interop.Tests.Unit.Alerts;

public sealed class CapReaderTests
{
    private static readonly string Gunshot = AlertSamples.Text("gunshot.cap.xml");

    [Theory]
    [InlineData("identifier", 2)]
    [InlineData("sender", 2)]
    [InlineData("sent", 2)]
    [InlineData("status", 2)]
    [InlineData("msgType", 2)]
    [InlineData("scope", 2)]
    [InlineData("info/event", 10)]
    [InlineData("info/urgency", 10)]
    [InlineData("info/severity", 10)]
    [InlineData("info/certainty", 10)]
    [InlineData("info/area/areaDesc", 24)]
    public void A_missing_element_is_named_with_the_line_of_its_parent(string element, int line)
    {
        var name = element.Split('/')[^1];
        var without = string.Join('\n', Gunshot.Split('\n').Select(text => text.Contains($"<{name}>", StringComparison.Ordinal) ? "" : text));

        var fault = Assert.Single(AlertSamples.Cap(without).Faults);

        Assert.Equal(($"alert/{element}", line), (fault.Field, fault.Line));
    }

    [Theory]
    [InlineData("<status>Actual</status>", "<status>Real</status>", "alert/status", 6)]
    [InlineData("<msgType>Alert</msgType>", "<msgType>Warning</msgType>", "alert/msgType", 7)]
    [InlineData("2026-05-04T16:49:00-04:00", "2026-05-04T16:49:00", "alert/sent", 5)]
    [InlineData("2026-05-04T16:49:00-04:00", "2026-13-04T16:49:00-04:00", "alert/sent", 5)]
    [InlineData("<severity>Extreme</severity>", "<severity>extreme</severity>", "alert/info/severity", 15)]
    [InlineData("<category>Safety</category>", "<category>Police</category>", "alert/info/category", 12)]
    [InlineData("41.7754,-72.6843 0.15", "41.7754 -72.6843", "alert/info/area/circle", 26)]
    [InlineData("41.7754,-72.6843 0.15", "91,-72 1", "alert/info/area/circle", 26)]
    [InlineData("<msgType>Alert</msgType>", "<msgType>Update</msgType>", "alert/references", 2)]
    [InlineData("<status>Actual</status>", "<status>Draft</status>", "alert/status", 6)]
    [InlineData("<status>Actual</status>", "<status>System</status>", "alert/status", 6)]
    [InlineData("<msgType>Alert</msgType>", "<msgType>Ack</msgType>", "alert/msgType", 7)]
    [InlineData("<msgType>Alert</msgType>", "<msgType>Error</msgType>", "alert/msgType", 7)]
    [InlineData("<scope>Restricted</scope>", "<scope>Restricted</scope><scope>Public</scope>", "alert/scope", 8)]
    public void A_wrong_element_is_named_with_its_line(string right, string wrong, string field, int line)
    {
        var fault = Assert.Single(AlertSamples.Cap(Gunshot.Replace(right, wrong, StringComparison.Ordinal)).Faults);

        Assert.Equal((field, line), (fault.Field, fault.Line));
    }

    [Fact]
    public void All_faults_of_a_document_are_reported_together()
    {
        var wrong = Gunshot.Replace("Actual", "Real", StringComparison.Ordinal).Replace("Observed", "Sure", StringComparison.Ordinal);

        Assert.Equal(["alert/status", "alert/info/certainty"], AlertSamples.Cap(wrong).Faults.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.0")]
    public void Another_version_of_the_standard_is_refused(string version)
    {
        var fault = Assert.Single(AlertSamples.Cap(Gunshot.Replace("cap:1.2", $"cap:{version}", StringComparison.Ordinal)).Faults);

        Assert.Contains("urn:oasis:names:tc:emergency:cap:1.2", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_type_is_refused_before_anything_in_it_is_expanded()
    {
        var bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE alert [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<alert>&b;</alert>";

        Assert.Contains("document type", Assert.Single(AlertSamples.Cap(bomb).Faults).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_with_its_line()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>\n", 60_000));

        var fault = Assert.Single(AlertSamples.Cap(deep).Faults);

        Assert.Equal(AlertLimits.Depth + 1, fault.Line);
    }

    [Fact]
    public void What_is_too_large_is_refused_unread()
    {
        var fault = Assert.Single(AlertSamples.Cap(new string('x', AlertLimits.DocumentBytes + 1)).Faults);

        Assert.Contains("larger", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_xml_is_refused_with_its_line() =>
        Assert.Equal(4, Assert.Single(AlertSamples.Cap(Gunshot.Replace("</sender>", "</from>", StringComparison.Ordinal)).Faults).Line);

    [Theory]
    [InlineData("Exercise", true)]
    [InlineData("Test", true)]
    [InlineData("Actual", false)]
    public void Exercises_and_tests_are_shown_as_such(string status, bool exercise) =>
        Assert.Equal(exercise, AlertSamples.Cap(Gunshot.Replace("Actual", status, StringComparison.Ordinal)).Alert!.Exercise);

    [Fact]
    public void A_time_in_utc_with_a_Z_is_understood() =>
        Assert.Equal(
            new DateTimeOffset(2026, 5, 4, 16, 49, 0, TimeSpan.Zero),
            AlertSamples.Cap(Gunshot.Replace("16:49:00-04:00", "16:49:00Z", StringComparison.Ordinal)).Alert!.Sent);

    [Fact]
    public void References_name_earlier_alerts_by_sender_and_identifier()
    {
        var alert = AlertSamples.Read("flood-two-languages.cap.xml", AlertSamples.Bytes("flood-two-languages.cap.xml")).Alert!;

        Assert.Equal(AlertAction.Update, alert.Action);
        Assert.Equal([new AlertId("gauges@river.example|RIVER-86"), new AlertId("gauges@river.example|RIVER-87")], alert.References);
    }

    [Fact]
    public void A_long_description_is_cut_and_not_refused()
    {
        var alert = AlertSamples.Cap(Gunshot.Replace("Two sensors agree.", new string('x', 10_000), StringComparison.Ordinal)).Alert!;

        Assert.Equal(AlertLimits.TextLength, alert.Description!.Length);
        Assert.EndsWith("…", alert.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_headline_stays_one_line()
    {
        var alert = AlertSamples.Cap(Gunshot.Replace("Three rounds near", "Three rounds\n\t 12:00 ERR forged", StringComparison.Ordinal)).Alert!;

        Assert.Equal("Three rounds 12:00 ERR forged Albany Avenue", alert.Headline);
    }
}
