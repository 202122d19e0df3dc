using System.Xml;
using System.Xml.Schema;
using Interop.Tests.Unit.House;

namespace Interop.Tests.Unit.Alerts;

public sealed class GoldenAlertTests
{
    private const string CapNamespace = "urn:oasis:names:tc:emergency:cap:1.2";

    [Theory]
    [InlineData("gunshot.cap.xml")]
    [InlineData("flood-two-languages.cap.xml")]
    [InlineData("cancel-without-info.cap.xml")]
    [InlineData("gunshot.alert.json")]
    [InlineData("cancel.alert.json")]
    public void A_sample_is_read_as_its_golden_alert(string name)
    {
        var reading = AlertSamples.Read(name, AlertSamples.Bytes(name));

        Assert.Empty(reading.Faults);
        Assert.Equal(AlertSamples.Golden(name), AlertSamples.Print(reading.Alert!));
    }

    [Theory]
    [InlineData("gunshot.cap.xml")]
    [InlineData("flood-two-languages.cap.xml")]
    [InlineData("cancel-without-info.cap.xml")]
    public void A_sample_holds_to_the_schema_of_the_standard(string name)
    {
        var schema = Schema();
        Assert.SkipWhen(schema is null, "The CAP schemas are not on this machine; INTEROP_CASES names the folder that has cap/xsd.");
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(CapNamespace, schema);
        var wrong = new List<string>();
        settings.ValidationEventHandler += (_, finding) => wrong.Add($"{finding.Exception.LineNumber}: {finding.Message}");

        using var reader = XmlReader.Create(Path.Combine(AlertSamples.Folder, name), settings);
        while (reader.Read())
        {
        }

        Assert.Empty(wrong);
    }

    private static string? Schema()
    {
        var cases = Environment.GetEnvironmentVariable("INTEROP_CASES")
            ?? Path.Combine(Repository.Root, "..", "shared", "cases");
        var file = Path.GetFullPath(Path.Combine(cases, "cap", "xsd", "cap12.xsd"));
        return File.Exists(file) ? file : null;
    }
}
