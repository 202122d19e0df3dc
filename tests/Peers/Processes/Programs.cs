using Xunit;

namespace Interop.Tests.Peers.Processes;

/// <summary>Programs of other people that play the far end.</summary>
public static class Programs
{
    /// <summary>Skips the running test, with the reason, when a program is not installed.</summary>
    public static void Require(string program, string package)
    {
        if (Find(program) is null)
            Assert.Skip($"{program} is not installed (Debian package {package}).");
    }

    /// <summary>The program's path, if it is on PATH.</summary>
    public static string? Find(string program)
    {
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            var candidate = Path.Combine(directory, program);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
