using Interop.Hub.Contracts;

namespace Interop.Tests.Unit.Console.Authority;

/// <summary>How an agency stands to the room of the walk.</summary>
public enum Standing
{
    /// <summary>It holds the room.</summary>
    Owner,

    /// <summary>It was invited, and accepted.</summary>
    Member,

    /// <summary>The room is none of its business.</summary>
    Stranger,
}

/// <summary>Somebody who walks up to every door.</summary>
public sealed record Who(Standing Standing, Role Role)
{
    public static IReadOnlyList<Who> All { get; } =
        [.. Enum.GetValues<Standing>().SelectMany(static standing => Enum.GetValues<Role>().Select(role => new Who(standing, role)))];

    public string Agency => Standing switch
    {
        Standing.Owner => "hpd",
        Standing.Member => "ctic",
        _ => "lab",
    };

    public string Token => TestNode.Token(Agency, Role);

    /// <summary>Integrations post alerts, and no room is theirs to see.</summary>
    public bool Reads => Standing != Standing.Stranger && Role != Role.Integration;

    public bool TakesPart => Reads && Role >= Role.Member;

    /// <summary>A dispatcher of an agency in the room, or above.</summary>
    public bool Dispatches => Reads && Role >= Role.Dispatcher;

    /// <summary>The owner's commander or above.</summary>
    public bool Runs => Reads && Standing == Standing.Owner && Role >= Role.Commander;
}
