using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Interop.Bridges.Alerts;
using Interop.Hub.Contracts.Alerts;
using Interop.Tests.Unit.House;

namespace Interop.Tests.Unit.Alerts;

/// <summary>The sample alerts of this folder, each with the alert that it must be read as.</summary>
internal static class AlertSamples
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() } };

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Unit", "Alerts", "Samples");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    public static string Golden(string name) => File.ReadAllText(Path.Combine(Folder, name + ".golden"));

    public static AlertReading Read(string name, byte[] document) =>
        AlertDocument.Read(name.EndsWith(".xml", StringComparison.Ordinal) ? AlertDocument.CapMediaType : AlertDocument.JsonMediaType, document, ReceivedAt);

    public static AlertReading Cap(string document) => AlertDocument.Read(AlertDocument.CapMediaType, Encoding.UTF8.GetBytes(document), ReceivedAt);

    public static AlertReading Json(string document) => AlertDocument.Read(AlertDocument.JsonMediaType, Encoding.UTF8.GetBytes(document), ReceivedAt);

    public static string Print(Alert alert) => JsonSerializer.Serialize(alert, Form) + "\n";
}
