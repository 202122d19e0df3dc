using Interop.Bridges.Alerts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;

namespace Interop.Tests.Unit.Alerts;

public sealed class JsonAlertReaderTests
{
    [Fact]
    public void The_least_alert_has_an_id_a_source_and_an_event()
    {
        var alert = AlertSamples.Json("""{"id":"1","source":"s","event":"gunshot"}""").Alert!;

        Assert.Equal(new AlertId("s|1"), alert.Id);
        Assert.Equal(AlertAction.New, alert.Action);
        Assert.Equal("gunshot", alert.Headline);
        Assert.Equal("Unknown", alert.Severity);
        Assert.Equal(AlertSamples.ReceivedAt, alert.Sent);
        Assert.Null(alert.Place);
    }

    [Theory]
    [InlineData("""{"source":"s","event":"e"}""", "id")]
    [InlineData("""{"id":"1","event":"e"}""", "source")]
    [InlineData("""{"id":"1","source":"s"}""", "event")]
    [InlineData("""{"id":"1","source":"s","event":"  "}""", "event")]
    [InlineData("""{"id":1,"source":"s","event":"e"}""", "id")]
    [InlineData("""{"id":"a\u0000b","source":"s","event":"e"}""", "id")]
    [InlineData("""{"id":"1","source":"s","event":"e","severity":"bad"}""", "severity")]
    [InlineData("""{"id":"1","source":"s","event":"e","action":"delete"}""", "action")]
    [InlineData("""{"id":"1","source":"s","event":"e","lat":91,"lon":0}""", "lat")]
    [InlineData("""{"id":"1","source":"s","event":"e","lat":1e999,"lon":0}""", "lat")]
    [InlineData("""{"id":"1","source":"s","event":"e","lat":41}""", "lon")]
    [InlineData("""{"id":"1","source":"s","event":"e","sent":"2026-05-04T16:49:00"}""", "sent")]
    [InlineData("""{"id":"1","source":"s","event":"e","sent":"yesterday"}""", "sent")]
    [InlineData("""{"id":"1","source":"s","event":"e","references":"0"}""", "references")]
    [InlineData("""{"id":"1","source":"s","event":"e","references":[0]}""", "references")]
    [InlineData("""{"id":"1","source":"s","event":"e","exercise":"yes"}""", "exercise")]
    public void A_wrong_field_is_named(string document, string field) =>
        Assert.Equal(field, AlertSamples.Json(document).Faults[0].Field);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\n\"id\":")]
    [InlineData("""{"id":"1","id":"2","source":"s","event":"e"}""")]
    [InlineData("""{"id":"1","source":"s","event":"\ud800"}""")]
    public void What_is_no_alert_object_is_refused(string document)
    {
        var reading = AlertSamples.Json(document);

        Assert.Null(reading.Alert);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused_rather_than_cut()
    {
        var reading = AlertSamples.Json($$"""{"id":"{{new string('x', AlertLimits.NameLength + 1)}}","source":"s","event":"e"}""");

        Assert.Equal("id", Assert.Single(reading.Faults).Field);
    }

    [Fact]
    public void A_cut_never_splits_a_character_in_two()
    {
        var pairs = string.Concat(Enumerable.Repeat("🚨", AlertLimits.LineLength));

        var headline = AlertSamples.Json($$"""{"id":"1","source":"s","event":"e","headline":"{{pairs}}"}""").Alert!.Headline;

        Assert.True(headline.Length <= AlertLimits.LineLength);
        Assert.DoesNotContain('\ufffd', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(headline)));
    }
}
