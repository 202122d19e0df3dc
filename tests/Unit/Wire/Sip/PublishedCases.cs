namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Finds the published test material: beside the repository, or where INTEROP_CASES says.</summary>
internal static class PublishedCases
{
    public static string? Find(string path)
    {
        if (Environment.GetEnvironmentVariable("INTEROP_CASES") is { Length: > 0 } named) return Existing(Path.Combine(named, path));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Interop.sln"))) continue;
            return Existing(Path.Combine(folder.FullName, "..", "shared", "cases", path));
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
