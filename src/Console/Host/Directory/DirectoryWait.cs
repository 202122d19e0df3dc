using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.Directory;

/// <summary>Waits, never for long, until a change has reached this node's copy of the directory.</summary>
internal static class DirectoryWait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <returns>False when it had not come in that time.</returns>
    public static async Task<bool> WaitFor(this IDirectory directory, Predicate<DirectorySnapshot> holds, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (!holds(directory.Current))
        {
            if (time.GetElapsedTime(begun) > patience)
                return false;
            await Task.Delay(Step, time, cancel);
        }
        return true;
    }
}
