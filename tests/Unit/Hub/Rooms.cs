using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;

namespace Interop.Tests.Unit.Hub;

/// <summary>Rooms and actors for the decisions' tests.</summary>
internal static class Rooms
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    public static readonly RoomCode Code = new("4201");
    public static readonly AgencyId Hpd = new("hpd"), Ctic = new("ctic"), Dea = new("dea"), Lab = new("lab");

    public static readonly Actor Dispatcher = Person(Hpd, Role.Dispatcher);
    public static readonly Actor Partner = Person(Ctic, Role.Dispatcher);

    public static readonly RadioGateway Gateway = new("239.10.0.1:5004", "239.10.0.2:5004");

    public static readonly AlertSummary Alert = new(
        new AlertId("spotter|1"), 1, "gunshot", "Shots heard", null, "Severe", "spotter", null, null, Now, Now, false, false, null, "shots");

    public static Actor Person(AgencyId agency, Role role) => new(ActorKind.Person, agency, "Dana", role);

    public static LentResource Channel(AgencyId owner, string id = "patrol-north") => new(new ResourceId(owner, id), "Patrol North", Gateway);

    public static LentResource Camera(AgencyId owner) => new(new ResourceId(owner, "gate"), "Gate", null, ResourceKind.Camera, null, "https://video.example/gate");

    public static LentResource Sensor(AgencyId owner) => new(new ResourceId(owner, "spotter"), "Spotter", null, ResourceKind.Sensor);

    public static LentResource Number(AgencyId owner, string uri = "sip:desk@ctic.example") => new(new ResourceId(owner, "desk"), "Desk line", null, ResourceKind.Number, uri);

    public static LendResource Lend(LentResource resource, ShareDirection? direction = null, DateTimeOffset? ends = null, string? conditions = null) =>
        new(resource, new ShareTerms(direction ?? (resource.IsVoice ? ShareDirection.Both : ShareDirection.Listen), ends, conditions));

    public static OpenRoom Opening(params AgencyId[] invites) =>
        new("Shots fired", "shooting", Priority.Urgent, null, Hpd, ["trunk:lab/lab"], invites, []);

    public static AdmitCaller Call(AgencyId agency, params string[] credentials) =>
        new(new Caller(new Party(agency, "100", "sip:100@10.0.0.1", "trunk:lab"), credentials));

    public static Actor Phone(AgencyId agency) => new(ActorKind.Phone, agency, "100", Role.Member);

    /// <summary>An open room with hpd as owner, ctic a member that lent a channel, dea invited, and a phone of each of hpd and ctic.</summary>
    public static RoomState Busy()
    {
        var state = new RoomState(Code)
            .Do(Opening(Ctic, Dea), Dispatcher)
            .Do(new AnswerInvite(new InviteId("invite-1"), true, null), Partner)
            .Do(Call(Hpd), Phone(Hpd))
            .Do(Call(Ctic), Phone(Ctic))
            .Do(Lend(Channel(Ctic)), Partner)
            .Do(new PostVideo("Camera", "https://video.example/1"), Partner);
        return state;
    }

    /// <summary>What stands around a room: four agencies, of which ctic has a duty desk that speaks Spanish.</summary>
    public static Surroundings Around(params DirectoryEntry[] hpd) => new(new DirectorySnapshot(
        1,
        [
            new AgencyDirectory(Hpd, 1, [new AgencyEntry("hpd", "Hartford Police", AgencyLevel.City), new PersonEntry("chief", "Chief", Role.Commander, null, "sip:chief@hpd.example"), .. hpd]),
            new AgencyDirectory(Ctic, 1, [new AgencyEntry("ctic", "Intelligence Center", AgencyLevel.State, "sip:desk@ctic.example", "es")]),
            new AgencyDirectory(Dea, 1, [new AgencyEntry("dea", "DEA", AgencyLevel.Federal)]),
            new AgencyDirectory(Lab, 1, []),
        ]));

    /// <summary>A directory with nothing in it but some places that hpd may call.</summary>
    private static readonly Surroundings Somewhere = new(new DirectorySnapshot(
        1,
        [new AgencyDirectory(Hpd, 1, [.. new[] { "b", "10.0.0.1", "10.0.0.9", "hpd.example", "example.org" }.Select(host => new DestinationEntry(host, $"sip:*@{host}"))])]));

    public static Decision Decide(this RoomState state, RoomCommand command, Actor actor, DateTimeOffset? at = null, Surroundings? around = null) =>
        RoomDecider.Decide(state, command, actor, at ?? Now, around ?? Somewhere);

    public static RoomState Do(this RoomState state, RoomCommand command, Actor actor, DateTimeOffset? at = null, Surroundings? around = null)
    {
        var decision = state.Decide(command, actor, at, around);
        Assert.True(decision.Refusal is null, decision.Refusal?.Text);
        return decision.Events.Aggregate(state, (current, happened) => current.Evolve(happened, new Occasion(actor, at ?? Now)));
    }

    public static string? Refused(this Decision decision) => decision.Refusal?.Code;
}
