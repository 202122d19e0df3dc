using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Something that happened to the dial codes.</summary>
internal abstract record RegistryEvent
{
    public static EventNames<RegistryEvent> Names { get; } = new EventNames<RegistryEvent>()
        .With<CodeGiven>("code.given")
        .With<CodeRested>("code.rested")
        .With<CodeWoken>("code.woken");
}

/// <summary>A code went to an agency's room.</summary>
internal sealed record CodeGiven(RoomCode Code, AgencyId Owner) : RegistryEvent;

/// <summary>The code's room is closed: starting need not wake it.</summary>
internal sealed record CodeRested(RoomCode Code) : RegistryEvent;

/// <summary>The code's room opened again.</summary>
internal sealed record CodeWoken(RoomCode Code) : RegistryEvent;

/// <summary>The dial codes as their journal tells them. A code is never given twice.</summary>
internal sealed record RegistryState
{
    public ImmutableDictionary<RoomCode, AgencyId> Owners { get; init; } = ImmutableDictionary<RoomCode, AgencyId>.Empty;

    /// <summary>Which command got which code, so that a repeated one gets the same.</summary>
    public ImmutableDictionary<(AgencyId Owner, string Command), RoomCode> GivenTo { get; init; } =
        ImmutableDictionary<(AgencyId Owner, string Command), RoomCode>.Empty;

    public ImmutableHashSet<RoomCode> Resting { get; init; } = [];

    public RegistryState Evolve(RegistryEvent happened, string command) => happened switch
    {
        CodeGiven e => this with { Owners = Owners.SetItem(e.Code, e.Owner), GivenTo = GivenTo.SetItem((e.Owner, command), e.Code) },
        CodeRested e => this with { Resting = Resting.Add(e.Code) },
        CodeWoken e => this with { Resting = Resting.Remove(e.Code) },
        _ => throw new UnreachableException($"{happened.GetType().Name} has no effect defined."),
    };

    /// <summary>A free code of four digits, and of five when those run out; null when a hub has had them all.</summary>
    public RoomCode? Free(Func<int, int, int> random) => Free(random, 1_000, 10_000) ?? Free(random, 10_000, 100_000);

    private RoomCode? Free(Func<int, int, int> random, int from, int below)
    {
        // From a random place onwards: codes cannot be guessed in order, and the search always ends.
        var start = random(from, below);
        for (var step = 0; step < below - from; step++)
        {
            var code = new RoomCode((from + ((start - from + step) % (below - from))).ToString());
            if (!Owners.ContainsKey(code))
                return code;
        }

        return null;
    }
}
