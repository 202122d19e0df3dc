using NJsonSchema;

namespace Interop.Tests.Unit.Console;

/// <summary>The schema in docs says of each entry what the reader says, so that an editor and the node never disagree.</summary>
public sealed class ProvisioningSchemaTests
{
    [Fact]
    public async Task The_documented_example_holds_to_the_schema() =>
        Assert.Empty((await Schema()).Validate(ProvisioningSamples.Documented()));

    [Theory]
    [InlineData("people", """{ "id": "a", "agency": "hpd", "name": "A", "role": "administrator", "email": "a@hpd.example", "password": "twelve-chars-ok" }""")]
    [InlineData("people", """{ "id": "a", "agency": "hpd", "name": "A", "role": "member", "sip": "sip:a@10.0.0.1" }""")]
    [InlineData("destinations", """{ "id": "a", "agency": "hpd", "pattern": "sip:1???@10.0.0.5" }""")]
    [InlineData("destinations", """{ "id": "a", "agency": "hpd", "pattern": "tel:+1-860-*", "name": "Connecticut" }""")]
    [InlineData("endpoints", """{ "id": "a", "agency": "hpd", "name": "A", "user": "a", "password": "eight-ok", "md5": true }""")]
    [InlineData("endpoints", """{ "id": "a", "agency": "hpd", "name": "A", "user": "a", "ha1": { "SHA-256": "27dd48f0c35743f20a7606f156a43208490233e98baff4c9ee513fd690712ea9" } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "127.0.0.1:5004", "codec": "PCMA", "hangMs": 300 } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "[ff15::1]:5004", "transmit": "[fe80::1%3]:5004", "interface": "fe80::2%3" } }""")]
    [InlineData("cameras", """{ "id": "a", "agency": "hpd", "name": "A", "url": "https://cam.example/1", "place": { "text": "Main Street", "latitude": 41.7, "longitude": -72.6 } }""")]
    [InlineData("numbers", """{ "id": "a", "agency": "hpd", "name": "A", "uri": "tel:+18605550100" }""")]
    [InlineData("numbers", """{ "id": "a", "agency": "hpd", "name": "A", "uri": "sip:desk@10.0.0.5;transport=tcp" }""")]
    [InlineData("sensors", """{ "id": "a", "agency": "hpd", "name": "A", "source": "shotspotter", "place": { "latitude": 41.7, "longitude": -72.6 } }""")]
    [InlineData("tokens", """{ "id": "t", "agency": "hpd", "role": "integration", "secretHash": "27dd48f0c35743f20a7606f156a43208490233e98baff4c9ee513fd690712ea9" }""")]
    [InlineData("rooms", """{ "code": "4201", "title": "A", "owner": "hpd", "admits": ["endpoint:hpd/desk-1", "agency:ctic"], "invites": ["ctic"], "shares": ["a"], "priority": "urgent" }""")]
    [InlineData("playbooks", """{ "id": "p", "owner": "hpd", "when": {}, "open": { "title": "{event}", "share": ["a"] } }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "certificates": ["sip.partner.example"], "priority": true }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "from": ["10.0.0.1/32"], "peer": "sip:ops@10.0.0.1;transport=tcp", "profile": "bridge" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "registration": { "server": "sip:pbx.partner.example", "user": "hub", "realm": "pbx", "password": "pw", "md5": true, "expires": 600, "room": "4201" } }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "registration": { "server": "sip:pbx.partner.example", "user": "hub", "realm": "pbx", "ha1": { "MD5": "00112233445566778899aabbccddeeff" } } }""")]
    public async Task What_the_reader_takes_the_schema_takes(string kind, string entry)
    {
        var file = ProvisioningSamples.With(kind, entry);

        Assert.Empty(ProvisioningSamples.Read(file).Errors);
        Assert.Empty((await Schema()).Validate(file));
    }

    [Theory]
    [InlineData("people", """{ "id": "a", "agency": "hpd", "name": "A", "role": "boss" }""")]
    [InlineData("people", """{ "id": "a", "agency": "hpd", "name": "A", "role": "member", "email": "a@hpd.example", "password": "short" }""")]
    [InlineData("people", """{ "id": "a", "agency": "hpd", "name": "A", "role": "member", "password": "twelve-chars-ok" }""")]
    [InlineData("destinations", """{ "id": "a", "agency": "hpd", "pattern": "*" }""")]
    [InlineData("destinations", """{ "id": "a", "agency": "hpd", "pattern": "tel:+1860abc" }""")]
    [InlineData("destinations", """{ "id": "a", "agency": "hpd" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "from": [] }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "from": ["10.0.0.1"] }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "certificates": ["*.partner.example"] }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "from": ["10.0.0.1/32"], "profile": "bridge" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "from": ["10.0.0.1/32"], "profile": "pbx", "peer": "sip:10.0.0.1" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "peer": "tel:911" }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "registration": { "server": "sip:pbx.partner.example", "user": "hub", "realm": "pbx" } }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "registration": { "server": "sip:pbx.partner.example", "user": "hub", "realm": "pbx", "ha1": {} } }""")]
    [InlineData("trunks", """{ "id": "a", "agency": "hpd", "registration": { "server": "sip:pbx.partner.example", "user": "hub", "realm": "pbx", "password": "pw", "expires": 59 } }""")]
    [InlineData("endpoints", """{ "id": "a", "agency": "hpd", "name": "A", "user": "a" }""")]
    [InlineData("endpoints", """{ "id": "a", "agency": "hpd", "name": "A", "user": "a", "ha1": { "MD5": "x" } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A" }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "p25", "receive": "127.0.0.1:5004" } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "127.0.0.1:5004", "ttl": 0 } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "::1:5004" } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "127.0.0.1:5004", "interface": "eth0" } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "127.0.0.1:5004", "hangMs": 99 } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "127.0.0.1:5004", "hangMs": 301 } }""")]
    [InlineData("channels", """{ "id": "a", "agency": "hpd", "name": "A", "gateway": { "kind": "rtp", "receive": "127.0.0.1:5004", "tailMs": 5001 } }""")]
    [InlineData("cameras", """{ "id": "a", "agency": "hpd", "name": "A", "url": "file:///etc/passwd" }""")]
    [InlineData("cameras", """{ "id": "a", "agency": "hpd", "name": "A", "url": "https://x", "place": { "latitude": 41.7 } }""")]
    [InlineData("numbers", """{ "id": "a", "agency": "hpd", "name": "A", "uri": "http://x" }""")]
    [InlineData("sensors", """{ "id": "a", "agency": "hpd", "name": "A" }""")]
    [InlineData("tokens", """{ "agency": "hpd", "role": "dispatcher" }""")]
    [InlineData("tokens", """{ "agency": "hpd", "role": "dispatcher", "secret": "short" }""")]
    [InlineData("rooms", """{ "code": "42a", "title": "A", "owner": "hpd" }""")]
    [InlineData("rooms", """{ "code": "4201", "title": "A", "owner": "hpd", "admits": ["lab"] }""")]
    [InlineData("rooms", """{ "code": "4201", "title": "A", "owner": "hpd", "type": "Two Words" }""")]
    [InlineData("playbooks", """{ "id": "p", "owner": "hpd", "open": { "title": "x" } }""")]
    [InlineData("playbooks", """{ "id": "p", "owner": "hpd", "when": { "evnt": "x" }, "open": { "title": "x" } }""")]
    [InlineData("robots", "{}")]
    public async Task What_the_reader_refuses_the_schema_refuses(string kind, string entry)
    {
        var file = ProvisioningSamples.With(kind, entry);

        Assert.NotEmpty(ProvisioningSamples.Read(file).Errors);
        Assert.NotEmpty((await Schema()).Validate(file));
    }

    private static Task<JsonSchema> Schema() => JsonSchema.FromFileAsync(ProvisioningSamples.Docs("provisioning.schema.json"));
}
