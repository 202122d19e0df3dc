using System.CommandLine;

namespace Interop.Console.Host.Commands;

/// <summary>What can be typed after <c>interop</c>; nothing at all runs a node.</summary>
internal static class CommandLine
{
    public static RootCommand Make()
    {
        var demo = new Option<bool>("--demo") { Description = "Plays the Hartford exercise: simulated agencies with phones, radios and a sensor, on data of their own." };
        var root = new RootCommand("Interop: a unified-communications interop hub for public safety. Without a command it runs a node.")
        {
            JournalCommands.Make(),
            ProvisioningCommands.Make(),
            AuthorityCommands.Make(),
            demo,
        };
        root.SetAction((line, cancel) => RunNode.Run(line.GetValue(demo), cancel));
        return root;
    }

    /// <summary>Lists what an operator has to put right.</summary>
    public static int Refuse(string what, IReadOnlyList<string> reasons)
    {
        System.Console.Error.WriteLine(what);
        foreach (var reason in reasons)
            System.Console.Error.WriteLine($"  {reason}");
        return 1;
    }
}
