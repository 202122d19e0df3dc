using System.Text;
using System.Xml.Linq;
using Interop.Bridges.Sip.Conference;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip.Conference;

public sealed class ConferenceDocumentTests
{
    [Fact]
    public void A_whole_document_shows_the_room_its_parties_and_who_talks()
    {
        const string golden = """
            <conference-info entity="sip:4201@hub.example" state="full" version="1" xmlns="urn:ietf:params:xml:ns:conference-info">
              <conference-description>
                <display-text>Shots &lt;fired&gt; &amp;  one down</display-text>
                <subject>Shots &lt;fired&gt; &amp;  one down</subject>
              </conference-description>
              <host-info>
                <display-text>Hartford Police</display-text>
              </host-info>
              <conference-state>
                <user-count>2</user-count>
                <active>true</active>
              </conference-state>
              <users>
                <user entity="sip:leg-1@hub.example" state="full">
                  <display-text>Engine 7 (Fire &amp; Rescue &lt;CT&gt;)</display-text>
                  <endpoint entity="sip:leg-1@hub.example" state="full">
                    <status>connected</status>
                    <joining-method>dialed-in</joining-method>
                    <joining-info>
                      <when>2026-11-24T12:00:00Z</when>
                    </joining-info>
                    <media id="1">
                      <type>audio</type>
                      <status>sendrecv</status>
                      <talk:talking xmlns:talk="urn:interop:talk">true</talk:talking>
                      <talk:floor xmlns:talk="urn:interop:talk">true</talk:floor>
                    </media>
                  </endpoint>
                </user>
                <user entity="sip:leg-2@hub.example" state="full">
                  <display-text>Car 12 (Hartford Police)</display-text>
                  <endpoint entity="sip:leg-2@hub.example" state="full">
                    <status>connected</status>
                    <joining-method>dialed-out</joining-method>
                    <joining-info>
                      <when>2026-11-24T12:00:00Z</when>
                    </joining-info>
                    <media id="1">
                      <type>audio</type>
                      <status>recvonly</status>
                    </media>
                  </endpoint>
                </user>
                <user entity="sip:leg-3@hub.example" state="full">
                  <display-text>Desk (Fire &amp; Rescue &lt;CT&gt;)</display-text>
                  <endpoint entity="sip:leg-3@hub.example" state="full">
                    <status>alerting</status>
                    <joining-method>dialed-out</joining-method>
                    <joining-info>
                      <when>2026-11-24T12:00:00Z</when>
                    </joining-info>
                    <media id="1">
                      <type>audio</type>
                      <status>inactive</status>
                    </media>
                  </endpoint>
                </user>
                <user entity="sip:leg-4@hub.example" state="full">
                  <display-text>Ops 1 (Hartford Police)</display-text>
                  <endpoint entity="sip:leg-4@hub.example" state="full">
                    <status>pending</status>
                    <joining-info>
                      <when>2026-11-24T12:00:00Z</when>
                    </joining-info>
                    <media id="1">
                      <type>audio</type>
                      <status>inactive</status>
                    </media>
                  </endpoint>
                </user>
              </users>
            </conference-info>
            """;

        Assert.Equal(golden.ReplaceLineEndings(), Read(Rosters.Document.Write(Rosters.Start, null, 1)));
    }

    [Fact]
    public void A_partial_document_has_what_changed_and_who_is_gone_and_nothing_else()
    {
        const string golden = """
            <conference-info entity="sip:4201@hub.example" state="partial" version="7" xmlns="urn:ietf:params:xml:ns:conference-info">
              <conference-state>
                <user-count>1</user-count>
                <active>true</active>
              </conference-state>
              <users state="partial">
                <user entity="sip:leg-2@hub.example" state="full">
                  <display-text>Car 12 (Hartford Police)</display-text>
                  <endpoint entity="sip:leg-2@hub.example" state="full">
                    <status>connected</status>
                    <joining-method>dialed-out</joining-method>
                    <joining-info>
                      <when>2026-11-24T12:00:00Z</when>
                    </joining-info>
                    <media id="1">
                      <type>audio</type>
                      <status>recvonly</status>
                      <talk:talking xmlns:talk="urn:interop:talk">true</talk:talking>
                    </media>
                  </endpoint>
                </user>
                <user entity="sip:leg-1@hub.example" state="deleted" />
              </users>
            </conference-info>
            """;
        var later = Rosters.Start
            .With(new LegChanged(Rosters.Engine with { Status = LegStatus.Gone }))
            .With(new SoundChanged([new LegId("leg-2")], null));

        Assert.Equal(golden.ReplaceLineEndings(), Read(Rosters.Document.Write(later, Rosters.Start, 7)));
    }

    [Fact]
    public void No_document_tells_one_agency_the_address_of_another() =>
        Assert.DoesNotContain("10.1.2.3", Read(Rosters.Document.Write(Rosters.Start, null, 1)), StringComparison.Ordinal);

    [Fact]
    public void Of_a_room_with_more_parties_than_a_message_holds_the_number_is_told()
    {
        var many = Rosters.Start with { Legs = [.. Enumerable.Range(1, 500).Select(at => Rosters.Engine with { Id = new LegId($"leg-{at}") })] };

        var document = Rosters.Document.Write(many, null, 1);

        Assert.InRange(document.Length, 1, 64 * 1024 - 2_000);
        Assert.Contains("<user-count>500</user-count>", Read(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LegStatus.Connecting, LegMode.Talk, "dialing-out", "inactive")]
    [InlineData(LegStatus.Asking, LegMode.Talk, "alerting", "inactive")]
    [InlineData(LegStatus.Up, LegMode.Talk, "connected", "sendrecv")]
    [InlineData(LegStatus.Up, LegMode.Listen, "connected", "recvonly")]
    [InlineData(LegStatus.Up, LegMode.Muted, "muted-via-focus", "recvonly")]
    [InlineData(LegStatus.Lost, LegMode.Talk, "pending", "inactive")]
    [InlineData(LegStatus.Gone, LegMode.Talk, "disconnected", "inactive")]
    public void A_leg_is_put_in_the_words_of_the_package(LegStatus status, LegMode mode, string word, string direction)
    {
        var leg = Rosters.Engine with { Status = status, Mode = mode };

        Assert.Equal((word, direction), (ConferenceWords.Status(leg), ConferenceWords.Direction(leg)));
    }

    [Fact]
    public void A_party_that_rings_is_alerting() =>
        Assert.Equal("alerting", ConferenceWords.Status(Rosters.Engine with { Status = LegStatus.Connecting, Rings = true }));

    private static string Read(byte[] document) => XElement.Parse(Encoding.UTF8.GetString(document)).ToString();
}
