using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What a room knows of who holds it.</summary>
internal sealed record Lease
{
    public Holder Holder { get; init; } = new(default, "");

    public DateTimeOffset? Until { get; init; }

    public int UnattendedMinutes { get; init; } = Limits.UnattendedMinutes;

    public Holder? Next { get; init; }

    public ImmutableList<LeaseWarning> Warnings { get; init; } = [];

    public Handover? Handover { get; init; }

    /// <summary>Numbers the offers of command.</summary>
    public int Offers { get; init; }

    /// <summary>When somebody of the holder's agency last did something that the record has.</summary>
    public DateTimeOffset Attended { get; init; }

    public LeaseView View => new(Holder, Until, UnattendedMinutes, Next, Warnings.ToArray(), Handover);

    public LeaseWarning? Warning(LeaseWarningKind kind) => Warnings.Find(warning => warning.Kind == kind);
}

/// <summary>Holding a room, warning of one that nobody attends to, and passing command on. Nothing here closes anything.</summary>
internal static class Leases
{
    public static Decision Set(RoomState state, SetLease command, DateTimeOffset now)
    {
        if (RoomRules.NotOver(state) is { } over)
            return over;
        if (command.Until <= now)
            return Refusals.Invalid("until", "The time is over already; name a later one, or none.");
        var minutes = command.UnattendedMinutes ?? state.Lease.UnattendedMinutes;
        if (minutes is < Limits.LeastUnattendedMinutes or > Limits.MostUnattendedMinutes)
            return Refusals.Invalid("unattendedMinutes", $"It must be {Limits.LeastUnattendedMinutes} to {Limits.MostUnattendedMinutes} minutes.");
        if (command.Next is { } next && ((FieldRules.Agency("next", next.Agency) ?? FieldRules.OptionalText("next", next.Name, Limits.NameLength)) ?? Member(state, next, "next")) is { } wrong)
            return wrong;
        return state.Lease is { } lease && lease.Until == command.Until && lease.UnattendedMinutes == minutes && lease.Next == command.Next
            ? Decision.Nothing
            : new LeaseSet(command.Until, minutes, command.Next);
    }

    public static Decision TakeNote(RoomState state, TakeNote command) =>
        state.Lease.Warning(command.Kind) is { SeenBy: null } ? new LeaseWarningSeen(command.Kind) : Decision.Nothing;

    public static Decision Watch(RoomState state, WatchLease command, DateTimeOffset now)
    {
        if (state.IsOver)
            return Decision.Nothing;
        var lease = state.Lease;
        var attended = command.Attended is { } seen && seen > lease.Attended ? seen : lease.Attended;
        var live = state.Legs.Exists(leg => leg.Status == LegStatus.Up);
        var events = new List<RoomEvent>();
        if (lease.Warning(LeaseWarningKind.Unattended) is { } given)
        {
            if (!live || attended >= given.Since)
                events.Add(new LeaseWarningEnded(LeaseWarningKind.Unattended));
            else if (Further(state, given, now) is { } further)
                events.Add(further);
        }
        else if (live && now >= command.NotBefore && now - attended >= TimeSpan.FromMinutes(lease.UnattendedMinutes))
        {
            events.Add(new LeaseWarned(LeaseWarningKind.Unattended, lease.Holder));
        }

        if (lease.Warning(LeaseWarningKind.Overdue) is { } late)
        {
            if (Further(state, late, now) is { } further)
                events.Add(further);
        }
        else if (lease.Until <= now)
        {
            events.Add(new LeaseWarned(LeaseWarningKind.Overdue, lease.Holder));
        }

        return Decision.Of(events);
    }

    /// <summary>Whether the room may have to warn, and so has to look from time to time.</summary>
    public static bool Watches(RoomState state) =>
        state.Lease.Until is not null || !state.Lease.Warnings.IsEmpty || state.Legs.Exists(leg => leg.Status == LegStatus.Up);

    public static Decision Offer(RoomState state, OfferCommand command)
    {
        if (RoomRules.NotOver(state) is { } over)
            return over;
        var name = string.IsNullOrWhiteSpace(command.Name) ? null : command.Name.Trim();
        if ((FieldRules.Agency("agency", command.Agency)
            ?? FieldRules.OptionalText("name", name, Limits.NameLength)
            ?? FieldRules.Text("brief", command.Brief, Limits.TextLength)
            ?? Member(state, new Holder(command.Agency, ""), "agency")) is { } wrong)
            return wrong;
        if (state.Lease.Handover is { } pending)
            return new Refusal(
                RefusalKind.Conflict, "command.offered", $"Command is offered to {pending.To.Name} of {pending.To.Agency} already; withdraw that offer first.");
        return new CommandOffered($"handover-{state.Lease.Offers + 1}", command.Agency, name, command.Brief.Trim());
    }

    public static Decision Answer(RoomState state, AnswerCommand command, Actor actor)
    {
        if (FieldRules.OptionalText("reason", command.Reason, Limits.ReasonLength) is { } tooLong)
            return tooLong;
        if (RoomRules.NotOver(state) is { } over)
            return over;
        if (state.Lease.Handover is not { } pending || pending.Id != command.Handover)
            return new Refusal(RefusalKind.Conflict, "command.over", "The offer is over: it was answered, or taken back.");
        if (!state.IsMember(actor))
            return Refusals.NotAllowed("Only a member of the room takes command of it; accept the invitation first.");
        return command.Accept ? new CommandAccepted(pending.Id) : new CommandDeclined(pending.Id, command.Reason);
    }

    public static Decision Withdraw(RoomState state, WithdrawCommand command) =>
        state.Lease.Handover?.Id == command.Handover ? new CommandOfferWithdrawn(command.Handover) : Decision.Nothing;

    /// <summary>Whom an offer is for: the person it names, or any commander of the agency.</summary>
    public static bool IsFor(Handover offer, Actor actor) =>
        actor.Kind == ActorKind.Person && actor.Is(offer.To.Agency, Role.Commander) && (offer.To.Name.Length == 0 || offer.To.Name == actor.Name);

    private static LeaseWarned? Further(RoomState state, LeaseWarning given, DateTimeOffset now) =>
        given is { Escalated: false, SeenBy: null } && now - given.Since >= Limits.TimeToEscalate
            ? new LeaseWarned(given.Kind, state.Lease.Next ?? new Holder(state.Owner, ""), Escalated: true)
            : null;

    private static Refusal? Member(RoomState state, Holder holder, string field) => state.IsMember(holder.Agency)
        ? null
        : Refusals.Invalid(field, $"{holder.Agency} is no member of the room; invite it first.");
}
