using System.Diagnostics;

namespace Interop.Tests.Peers.Databases;

/// <summary>The account under which a database runs: PostgreSQL refuses to be root, and then is its package's own user.</summary>
internal static class Account
{
    private const string User = "postgres";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>A command line for this account; it stays one process.</summary>
    public static (string Program, string[] Arguments) Run(string program, params string[] arguments) =>
        IsRoot ? ("setpriv", [$"--reuid={User}", $"--regid={User}", "--init-groups", "--", program, .. arguments]) : (program, arguments);

    /// <summary>Gives a folder and what is in it to this account.</summary>
    public static async Task Own(string folder)
    {
        if (!IsRoot)
            return;
        using var chown = Process.Start("chown", ["-R", $"{User}:{User}", folder]);
        await chown.WaitForExitAsync().WaitAsync(Time, TimeProvider.System);
    }
}
