using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Where an agency may call: everything that nothing allows is refused.</summary>
public sealed class DialPolicyTests
{
    private static readonly Surroundings Directory = new(new DirectorySnapshot(
        1,
        [
            new AgencyDirectory(Hpd, 1,
            [
                new TrunkEntry("pbx", ["10.0.0.0/24"], Peer: "sip:pbx.hpd.example"),
                new EndpointEntry("desk-1", "Desk 1", "desk-1", new Dictionary<string, string>()),
                new DestinationEntry("ferries", "sip:*@*.ferries.example"),
                new DestinationEntry("local", "tel:+1860*"),
            ]),
            new AgencyDirectory(Ctic, 1,
            [
                new AgencyEntry("ctic", "Intelligence Center", AgencyLevel.State, "sip:desk@ctic.example"),
                new TrunkEntry("feed", ["10.9.0.0/24"]),
                new PersonEntry("pat", "Pat", Role.Member, null, "sip:pat@ctic.example:5070"),
                new PersonEntry("greedy", "Greedy", Role.Member, null, "sip:+19005550100@10.0.0.5"),
                new PersonEntry("number", "Number", Role.Member, null, "sip:+18605550199@10.9.0.5"),
            ]),
        ]));

    [Theory]
    [InlineData("sip:desk@ctic.example", "the directory's duty desk")]
    [InlineData("sip:desk@CTIC.example.:5080;transport=tcp", "the same, however it is written and reached")]
    [InlineData("sip:pat@ctic.example:5070", "a person")]
    [InlineData("sip:desk-1@hub", "a phone of the hub")]
    [InlineData("sip:feed@hub", "a trunk by its name")]
    [InlineData("sip:100@10.0.0.5", "an extension of its own telephone system")]
    [InlineData("sip:engine7@10.0.0.5:5071", "a name there")]
    [InlineData("sip:pbx.hpd.example", "where a trunk is called")]
    [InlineData("sip:101@pbx.hpd.example", "an extension there")]
    [InlineData("sip:+18605550100@pbx.hpd.example", "an allowed number there")]
    [InlineData("sip:night@boat.ferries.example", "a destination")]
    [InlineData("sip:+1-860-555-0100@10.0.0.5", "a number that its destinations allow, through its own trunk")]
    [InlineData("sip:+18605550199@10.9.0.5", "a number that its owner lists, on its owner's trunk")]
    public void An_agency_calls_the_directory_its_own_phones_and_its_destinations(string uri, string what) =>
        Assert.True(Check(uri) is null, $"{what}: {Check(uri)?.Text}");

    [Theory]
    [InlineData("sip:stranger@example.com", "anybody")]
    [InlineData("sip:pat@ctic.example", "a person at another port")]
    [InlineData("sip:desk@ctic.example.evil.example", "a host that only begins like one")]
    [InlineData("sip:+19005550100@10.0.0.5", "a number on its own trunk, though another agency lists it")]
    [InlineData("sip:%2B1900%35550100@10.0.0.5", "the same with escapes")]
    [InlineData("sip:x1900y555z0100@10.0.0.5", "the same with letters that a gateway may skip")]
    [InlineData("sip:+19005550100@pbx.hpd.example", "a number where its trunk is called")]
    [InlineData("sip:100@10.9.0.5", "an extension of another agency's telephone system")]
    [InlineData("sip:nobody@hub", "a phone that the hub has not")]
    [InlineData("sip:4201@hub", "a room, which would be a loop")]
    [InlineData("sip:+18605550100@elsewhere.example", "an allowed number through somebody else")]
    public void Everything_else_is_refused_with_the_rule_that_would_allow_it(string uri, string what)
    {
        var refusal = Check(uri);
        Assert.True(refusal is { Code: "dial.not-allowed", Kind: RefusalKind.Denied, Field: "uri" }, what);
        Assert.Contains(uri.Contains("@hub", StringComparison.Ordinal) ? "@hub" : "to the destinations of hpd", refusal!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_address_is_allowed_once_the_rule_that_the_refusal_names_is_added()
    {
        foreach (var uri in new[] { "sip:stranger@example.com:5070;transport=tcp", "sips:a@[2001:db8::1]", "sip:example.com", "sip:+19005550100@10.0.0.5" })
        {
            var text = Check(uri)!.Text;
            var rule = text.Split('"')[1];
            var hpd = Directory.Directory.Find(Hpd)!;
            var allowed = new Surroundings(new DirectorySnapshot(2, [hpd with { Entries = [.. hpd.Entries, new DestinationEntry("new", rule)] }]));
            Assert.Null(DialPolicy.Check("uri", uri, Hpd, allowed));
            Assert.NotNull(DialPolicy.Check("uri", uri, Ctic, allowed));
        }
    }

    [Theory]
    [InlineData("tel:+18605550100", null)]
    [InlineData("TEL:+1-860-(555).0100", null)]
    [InlineData("tel:+19005550100", "dial.not-allowed")]
    [InlineData("tel:100", "dial.not-allowed")]
    [InlineData("tel:+18605550100;phone-context=+1900", "room.invalid")]
    [InlineData("tel:+18605550100@10.0.0.5", "room.invalid")]
    [InlineData("tel:", "room.invalid")]
    public void A_tel_number_is_called_through_the_agencys_own_trunk_where_a_destination_allows_it(string uri, string? code)
    {
        Assert.Equal(code, Check(uri)?.Code);
        if (code == "dial.not-allowed")
            Assert.Contains($"\"{uri}\"", Check(uri)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tel_number_needs_a_trunk_that_can_be_called()
    {
        var refusal = DialPolicy.Check("uri", "tel:+18605550100", Ctic, Directory);
        Assert.Equal(("dial.no-carrier", "uri"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_tel_number_may_go_by_the_trunk_that_the_hub_registers_at()
    {
        var registered = new TrunkEntry("pbx", [], Registration: new TrunkRegistration("sip:pbx.example.org", "hub", "pbx", new Dictionary<string, string>()));
        var around = new Surroundings(new DirectorySnapshot(1, [new AgencyDirectory(Ctic, 1, [registered, new DestinationEntry("local", "tel:+1860*")])]));
        Assert.Null(DialPolicy.Check("uri", "tel:+18605550100", Ctic, around));
        Assert.Equal("dial.not-allowed", DialPolicy.Check("uri", "tel:+19005550100", Ctic, around)?.Code);
    }

    [Fact]
    public void The_rules_hold_for_dialling_for_invitations_and_for_a_phone_that_refers()
    {
        var room = Busy();
        Assert.Equal("dial.not-allowed", room.Decide(new DialOut("sip:a@example.com", null), Dispatcher, around: Directory).Refused());
        Assert.Equal("dial.not-allowed", room.Decide(new DialOut("sip:a@example.com", null, From: new LegId("leg-1")), Phone(Hpd), around: Directory).Refused());
        var invite = room.Decide(new InviteAgency(Lab, null, "sip:a@example.com"), Dispatcher, around: Directory).Refusal;
        Assert.Equal(("dial.not-allowed", "call"), (invite?.Code, invite?.Field));
        // A phone of ctic is held to ctic's rules, not to those of the room's owner.
        Assert.Null(room.Decide(new DialOut("sip:100@10.9.0.5", null, From: new LegId("leg-2")), Phone(Ctic), around: Directory).Refusal);
        Assert.Equal("dial.not-allowed", room.Decide(new DialOut("sip:100@10.0.0.5", null, From: new LegId("leg-2")), Phone(Ctic), around: Directory).Refused());
    }

    [Fact]
    public void A_room_opens_without_a_call_that_is_not_allowed_and_its_record_says_so()
    {
        var around = new Surroundings(new DirectorySnapshot(1,
        [
            new AgencyDirectory(Hpd, 1, [new TrunkEntry("pbx", ["10.0.0.0/24"])]),
            new AgencyDirectory(Ctic, 1, [new AgencyEntry("ctic", "CTIC", AgencyLevel.State, "sip:+19005550100@10.0.0.5")]),
        ]));
        var events = new RoomState(Code).Decide(Opening(Ctic), Dispatcher, around: around).Events;
        var not = Assert.Single(events.OfType<LegNotDialled>());
        Assert.Equal((Ctic, new InviteId("invite-1")), (not.Party.Agency, not.Invite));
        Assert.Contains("destinations of hpd", not.Reason, StringComparison.Ordinal);
        Assert.Empty(events.OfType<LegDialled>());
    }

    private static Refusal? Check(string uri) => DialPolicy.Check("uri", uri, Hpd, Directory);
}
