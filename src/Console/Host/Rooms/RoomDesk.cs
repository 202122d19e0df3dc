using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>Brings a caller's wish to a room and what the room made of it back.</summary>
internal sealed class RoomDesk(IGrainFactory grains)
{
    private const int LongestCode = 12;

    private static readonly Refusal Unknown = new(RefusalKind.NotFound, "room.unknown", "There is no such room, or you may not see it.");

    /// <summary>The rooms that are not closed and that the caller may know of, newest first.</summary>
    public async Task<IReadOnlyList<RoomSummary>> List(Actor actor)
    {
        var open = await grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key).ListOpen();
        return [.. open.Where(room => room.IsVisibleTo(actor)).OrderByDescending(room => room.OpenedAt)];
    }

    public async Task<Outcome<RoomSnapshot>> Look(string code, Actor actor) =>
        IsCode(code) ? await Room(code).Look(actor) : Unknown;

    /// <summary>One part of the room as it is.</summary>
    public async Task<Outcome<T>> Look<T>(string code, Actor actor, Func<RoomSnapshot, T> part)
    {
        var look = await Look(code, actor);
        return look.Ok ? part(look.Value) : look.Refusal;
    }

    public async Task<Outcome<RoomReceipt>> Execute(string code, RoomCommand command, SignedIn caller) =>
        IsCode(code) ? await Room(code).Execute(command, caller.Actor, caller.Command) : Unknown;

    /// <summary>Executes a command, and then gives the room, or a part of it, as it is after that.</summary>
    public async Task<Outcome<T>> Execute<T>(string code, RoomCommand command, SignedIn caller, Func<RoomSnapshot, string, T?> part)
        where T : class
    {
        var done = await Execute(code, command, caller);
        if (!done.Ok)
            return done.Refusal;
        var look = await Look(code, caller.Actor);
        if (!look.Ok)
            return look.Refusal;
        return part(look.Value, done.Value.Created ?? "") is { } made
            ? made
            : new Refusal(RefusalKind.Conflict, "room.changed", "It was done, and undone again by somebody since.");
    }

    /// <summary>Takes a free code and opens a room under it.</summary>
    public async Task<Outcome<RoomSnapshot>> Open(OpenRoom command, SignedIn caller)
    {
        // A hub gives each code only once: whoever may not open a room must not use one up.
        if (!caller.Actor.Is(command.Owner, Role.Dispatcher))
            return new Refusal(RefusalKind.Denied, "room.not-allowed", "Only a dispatcher or an administrator of the owning agency opens its rooms.");
        var code = await grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key).Allocate(caller.Agency, caller.Command);
        return code.Ok
            ? await Execute<RoomSnapshot>(code.Value.Code.Value, command, caller, static (room, _) => room)
            : code.Refusal;
    }

    public IRoomGrain Room(string code) => grains.GetGrain<IRoomGrain>(code);

    /// <summary>What is no code never reaches a grain: each name that is asked for would stay in memory for a while.</summary>
    public static bool IsCode(string? code) => code is { Length: > 0 and <= LongestCode } && code.All(char.IsAsciiLetterOrDigit);

    public static Outcome<RoomCode> Code(string code) => IsCode(code) ? new RoomCode(code) : Unknown;
}
