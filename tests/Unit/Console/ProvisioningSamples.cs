using System.Text;
using Interop.Console.Host.Provisioning;
using Interop.Tests.Unit.House;

namespace Interop.Tests.Unit.Console;

internal static class ProvisioningSamples
{
    public const string Agency = """ "agencies": [ { "id": "hpd", "name": "Hartford Police Department", "level": "city" } ] """;

    /// <summary>The example of docs/provisioning.md, as a reader of it would copy it.</summary>
    public static string Documented()
    {
        var text = File.ReadAllText(Docs("provisioning.md"));
        var begin = text.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        return text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    public static string Docs(string name) => Path.Combine(Repository.Root, "docs", name);

    public static (ProvisioningFile File, IReadOnlyList<ProvisioningError> Errors) Read(string text) =>
        ProvisioningReader.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>A file with one entry of one kind.</summary>
    public static string With(string kind, string entry) => $$"""{ {{Agency}}, "{{kind}}": [ {{entry}} ] }""";
}
