using System.Reflection;

namespace Interop.Tests.Peers;

/// <summary>Where the build put things, as it told this assembly.</summary>
public static class Built
{
    /// <summary>The hub's executable.</summary>
    public static string HubAssembly { get; } = Find(nameof(HubAssembly));

    /// <summary>The files of what callers hear, a folder for each language.</summary>
    public static string Prompts { get; } = Find(nameof(Prompts));

    /// <summary>Where tests leave their files.</summary>
    public static string TestResults { get; } = Find(nameof(TestResults));

    private static string Find(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(pair => pair.Key == key).Value!;
}
