using Interop.Console.Host.Provisioning;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using CsCheck;

namespace Interop.Tests.Unit.Console;

public sealed class ProvisioningReaderTests
{
    [Fact]
    public void The_documented_example_is_read_whole()
    {
        var (file, errors) = ProvisioningSamples.Read(ProvisioningSamples.Documented());

        Assert.Empty(errors);
        Assert.Equal(
            [typeof(AgencyEntry), typeof(TrunkEntry), typeof(ChannelEntry), typeof(TokenEntry), typeof(PlaybookEntry)],
            file.Entries.Select(owned => owned.Entry.GetType()));
        Assert.All(file.Entries, owned => Assert.Equal(new AgencyId("hpd"), owned.Agency));
        var room = Assert.Single(file.Rooms);
        Assert.Equal(("4201", "Standing room", "hpd"), (room.Code.Value, room.Title, room.Owner.Value));
        Assert.Equal(["trunk:lab"], room.Admits);
    }

    [Fact]
    public void A_tokens_secret_is_hashed_at_reading_and_names_a_token_without_an_id()
    {
        var (file, _) = ProvisioningSamples.Read(ProvisioningSamples.Documented());

        var token = Assert.Single(file.Entries.Select(owned => owned.Entry).OfType<TokenEntry>());
        Assert.Equal("27dd48f0c35743f20a7606f156a43208490233e98baff4c9ee513fd690712ea9", token.SecretHash);
        Assert.Equal("token-27dd48f0", token.Id);
        Assert.Equal(Role.Dispatcher, token.Role);
    }

    [Fact]
    public void An_endpoints_password_becomes_a_digest_hash_and_md5_only_where_it_is_typed_out()
    {
        var plain = Endpoint("""{ "id": "d", "agency": "hpd", "name": "D", "user": "desk", "password": "mellon-mellon" }""");
        var old = Endpoint("""{ "id": "d", "agency": "hpd", "name": "D", "user": "desk", "password": "mellon-mellon", "md5": true }""");

        Assert.Equal(["SHA-256"], plain.Secrets.Keys);
        Assert.Equal(DigestSecret.Ha1("SHA-256", "desk", "mellon-mellon"), plain.Secrets["SHA-256"]);
        Assert.Equal(["MD5", "SHA-256"], old.Secrets.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_is_reported_with_its_path_and_line()
    {
        var (_, errors) = ProvisioningSamples.Read("""
            {
              "agencies": [ { "id": "hpd", "name": "Hartford", "level": "town" } ],
              "tokens": [
                { "agency": "hpd", "role": "dispatcher", "secret": "short" }
              ],
              "channels": [
                { "id": "a b", "agency": "hpd", "gateway": { "kind": "rtp", "receive": "239.10.0.1", "tll": 3 } }
              ],
              "roms": []
            }
            """);

        Assert.Equal(
            [
                ("$.agencies[0].level", 2),
                ("$.tokens[0].secret", 4),
                ("$.channels[0].id", 7),
                ("$.channels[0].name", 7),
                ("$.channels[0].gateway.receive", 7),
                ("$.channels[0].gateway.tll", 7),
                ("$.roms", 9),
            ],
            errors.Select(error => (error.Path, error.Line)).OrderBy(error => error.Line));
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("{\n\n \"agencies\": [,] }", 3)]
    [InlineData("", 1)]
    [InlineData("{} {}", 1)]
    public void What_is_no_json_is_one_error_with_its_line(string text, int line) =>
        Assert.Equal(line, Assert.Single(ProvisioningSamples.Read(text).Errors).Line);

    [Theory]
    [InlineData("agencies", """{ "id": "hpd", "name": "Again", "level": "city" }""")]
    [InlineData("endpoints", """{ "id": "b", "agency": "hpd", "name": "B", "user": "desk", "password": "mellon-mellon" }""")]
    [InlineData("people", """{ "id": "b", "agency": "hpd", "name": "B", "role": "member", "email": "A@hpd.example" }""")]
    [InlineData("trunks", """{ "id": "lab", "agency": "hpd", "from": ["10.0.0.0/8"] }""")]
    [InlineData("rooms", """{ "code": "4201", "title": "B", "owner": "hpd" }""")]
    public void What_must_be_unique_and_stands_twice_is_an_error(string kind, string again)
    {
        var first = kind switch
        {
            "agencies" => """{ "id": "hpd", "name": "Hartford", "level": "city" }""",
            "endpoints" => """{ "id": "a", "agency": "hpd", "name": "A", "user": "desk", "password": "mellon-mellon" }""",
            "people" => """{ "id": "a", "agency": "hpd", "name": "A", "role": "member", "email": "a@hpd.example" }""",
            "trunks" => """{ "id": "lab", "agency": "hpd", "from": ["127.0.0.0/8"] }""",
            _ => """{ "code": "4201", "title": "A", "owner": "hpd" }""",
        };
        var (_, errors) = ProvisioningSamples.Read($$"""{ "{{kind}}": [ {{first}}, {{again}} ] }""");

        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains("twice", error.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tokens", """{ "agency": "hpd", "role": "member", "secret": "one-secret-of-two-agencies-012345" }""")]
    [InlineData("endpoints", """{ "id": "a", "agency": "hpd", "name": "A", "user": "desk", "password": "mellon-mellon" }""")]
    [InlineData("people", """{ "id": "a", "agency": "hpd", "name": "A", "role": "member", "email": "a@hpd.example" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "from": ["10.0.0.0/8"] }""")]
    public void What_is_unique_in_the_hub_is_an_error_in_two_agencies(string kind, string entry)
    {
        var other = entry.Replace("\"hpd\"", "\"ctic\"", StringComparison.Ordinal).Replace("\"id\": \"a\"", "\"id\": \"b\"", StringComparison.Ordinal);

        var error = Assert.Single(ProvisioningSamples.Read($$"""{ "{{kind}}": [ {{entry}}, {{other}} ] }""").Errors);

        Assert.Contains("unique in the hub", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_operators_file_may_move_a_name_from_one_entry_to_another_and_may_not_take_one_outside_of_it()
    {
        var trunk = new TrunkEntry("lab", ["10.0.0.0/8"]);
        var known = new DirectorySnapshot(1, [new AgencyDirectory(new AgencyId("ctic"), 1, [trunk])]);
        const string take = """{ "id": "ours", "agency": "hpd", "from": ["10.0.0.0/8"] }""";
        const string free = """{ "id": "lab", "agency": "ctic", "from": ["172.16.0.0/12"] }""";

        var taken = ProvisioningSamples.Read($$"""{ "trunks": [ {{take}} ] }""").File;
        var moved = ProvisioningSamples.Read($$"""{ "trunks": [ {{take}}, {{free}} ] }""").File;

        Assert.Equal("$.trunks[0].from", Assert.Single(HubNames.Taken(taken, known)).Path);
        Assert.Empty(HubNames.Taken(moved, known));
    }

    [Fact]
    public void A_field_that_stands_twice_is_an_error() =>
        Assert.Contains("twice", Assert.Single(ProvisioningSamples.Read("""{ "agencies": [ { "id": "a", "id": "b", "name": "A", "level": "city" } ] }""").Errors).Text, StringComparison.Ordinal);

    [Fact]
    public void An_entry_of_an_agency_that_nobody_knows_is_an_orphan()
    {
        var (file, errors) = ProvisioningSamples.Read("""{ "trunks": [ { "id": "lab", "agency": "hpd", "from": ["127.0.0.0/8"] } ] }""");

        Assert.Empty(errors);
        Assert.Equal("$.trunks[0]", Assert.Single(file.Orphans(DirectorySnapshot.Empty)).Path);
    }

    [Fact]
    public void A_room_that_only_moved_within_the_file_is_the_same_room()
    {
        var here = Assert.Single(ProvisioningSamples.Read("""{ "rooms": [ { "code": "42", "title": "A", "owner": "hpd" } ] }""").File.Rooms);
        var there = Assert.Single(ProvisioningSamples.Read("{\n\n\"rooms\": [\n { \"owner\": \"hpd\", \"code\": \"42\", \"title\": \"A\" } ] }").File.Rooms);
        var other = Assert.Single(ProvisioningSamples.Read("""{ "rooms": [ { "code": "42", "title": "B", "owner": "hpd" } ] }""").File.Rooms);

        Assert.Equal(here.ContentHash(), there.ContentHash());
        Assert.NotEqual(here.ContentHash(), other.ContentHash());
    }

    [Fact]
    public void A_damaged_file_never_throws()
    {
        var sample = System.Text.Encoding.UTF8.GetBytes(ProvisioningSamples.Documented());
        Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte, Gen.Int[0, sample.Length]).Sample((at, value, length) =>
        {
            var damaged = sample.ToArray();
            damaged[at] = value;
            var (file, errors) = ProvisioningReader.Read(damaged.AsSpan(0, length));
            Assert.True(errors.Count > 0 || file.Entries.Count > 0);
        }, iter: 2_000, threads: 1);
    }

    private static EndpointEntry Endpoint(string entry)
    {
        var (file, errors) = ProvisioningSamples.Read(ProvisioningSamples.With("endpoints", entry));
        Assert.Empty(errors);
        return Assert.Single(file.Entries.Select(owned => owned.Entry).OfType<EndpointEntry>());
    }
}
