namespace Interop.Tests.Unit.House;

/// <summary>Where the checkout is, for facts about its files.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Interop.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Interop.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the checkout.");
    }
}
