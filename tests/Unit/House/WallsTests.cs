using System.Xml.Linq;
using Xunit;

namespace Interop.Tests.Unit.House;

/// <summary>The folder tree is the architecture: a project imports only what its arrows allow.</summary>
public sealed class WallsTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Hub/Contracts"] = [],
        ["Hub/Domain"] = ["Hub/Contracts"],
        ["Hub/Grains"] = ["Hub/Contracts", "Hub/Domain"],
        ["Bridges/Wire/Sip"] = [],
        ["Bridges/Wire/Rtp"] = [],
        ["Bridges/Media"] = ["Bridges/Wire/Rtp"],
        ["Bridges/Core"] = ["Hub/Contracts", "Bridges/Media"],
        ["Bridges/Sip"] = ["Bridges/Core", "Bridges/Media", "Bridges/Wire/Sip", "Bridges/Wire/Rtp"],
        ["Bridges/Radio"] = ["Bridges/Core", "Bridges/Media", "Bridges/Wire/Rtp"],
        ["Bridges/WebRtc"] = ["Bridges/Core", "Bridges/Media", "Bridges/Wire/Sip", "Bridges/Wire/Rtp"],
        ["Bridges/Alerts"] = ["Bridges/Core"],
        ["Console/Demo"] = ["Bridges/Media", "Bridges/Wire/Sip", "Bridges/Wire/Rtp"],
        ["Console/Host"] = ["Console/Demo", "Bridges/Alerts", "Bridges/Radio", "Bridges/Sip", "Bridges/WebRtc", "Hub/Grains"],
    };

    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Hub/Contracts"] = ["Microsoft.Orleans.Sdk"],
        ["Hub/Domain"] = [],
        ["Bridges/Wire/Sip"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["Bridges/Wire/Rtp"] = ["BouncyCastle.Cryptography", "Microsoft.Extensions.Logging.Abstractions"],
    };

    public static TheoryData<string> Rooms => [.. Projects().Keys];

    [Fact]
    public void Every_project_has_its_arrows_named_here() =>
        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), Projects().Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_imports_only_along_its_arrows(string room)
    {
        var project = Projects()[room];
        var imported = References(project, "ProjectReference")
            .Select(path => Room(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, path))));

        Assert.Empty(imported.Except(Arrows[room], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_pure_and_the_wire_projects_take_no_package_more(string room)
    {
        if (Packages.TryGetValue(room, out var allowed))
            Assert.Empty(References(Projects()[room], "PackageReference").Except(allowed, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_namespace_of_a_file_is_its_folder(string room)
    {
        var folder = Path.GetDirectoryName(Projects()[room])!;
        var root = $"Interop.{room.Replace('/', '.')}";

        var strangers = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "Migrations"))
            .Select(file => (File: Path.GetRelativePath(folder, file), Namespace: DeclaredNamespace(file)))
            .Where(found => found.Namespace is not null && found.Namespace != ExpectedNamespace(root, found.File))
            .Select(found => $"{found.File}: {found.Namespace}");

        Assert.Empty(strangers);
    }

    private static string ExpectedNamespace(string root, string file) =>
        string.Join('.', [root, .. file.Split(Path.DirectorySeparatorChar)[..^1]]);

    private static string? DeclaredNamespace(string file) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';', ' ');

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static Dictionary<string, string> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(Room, StringComparer.Ordinal);

    private static string Room(string project) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(project)!).Replace('\\', '/');
}
