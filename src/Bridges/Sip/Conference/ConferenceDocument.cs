using System.Globalization;
using System.Xml;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Conference;

/// <summary>Writes a roster as <c>application/conference-info+xml</c> (RFC 4575): whole, or what changed since another.</summary>
/// <remarks>
/// A leg is named <c>sip:leg-3@hub</c>, never by its own address: one agency's numbers are no business of another's. RFC
/// 4575 has no element for who talks; it stands in a namespace of our own, where its schema leaves room for others.
/// </remarks>
internal sealed class ConferenceDocument(string room, string host, Func<AgencyId, string> agencyName)
{
    public const string MediaType = "application/conference-info+xml";
    public const string TalkNamespace = "urn:interop:talk";

    /// <summary>Legs in one document; beyond, only their number is told. A message has 64 KiB.</summary>
    public const int MostUsers = 100;

    private const string Namespace = "urn:ietf:params:xml:ns:conference-info";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = false };

    /// <summary>The document of that number.</summary>
    /// <param name="now">What is.</param>
    /// <param name="known">What the subscriber was last told; null for the whole state.</param>
    /// <param name="version">One more than that of the document before (section 5.2).</param>
    public byte[] Write(Roster now, Roster? known, uint version)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("conference-info", Namespace);
            xml.WriteAttributeString("entity", $"sip:{room}@{host}");
            xml.WriteAttributeString("state", known is null ? "full" : "partial");
            xml.WriteAttributeString("version", version.ToString(CultureInfo.InvariantCulture));
            if (known is null || known.Title != now.Title || known.Owner != now.Owner)
                WriteRoom(xml, now);
            WriteState(xml, now);
            WriteUsers(xml, now, known);
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private void WriteRoom(XmlWriter xml, Roster now)
    {
        xml.WriteStartElement("conference-description");
        Element(xml, "display-text", now.Title);
        Element(xml, "subject", now.Title);
        xml.WriteEndElement();
        xml.WriteStartElement("host-info");
        Element(xml, "display-text", agencyName(now.Owner));
        xml.WriteEndElement();
    }

    private static void WriteState(XmlWriter xml, Roster now)
    {
        xml.WriteStartElement("conference-state");
        Element(xml, "user-count", now.Legs.Count(leg => leg.Status == LegStatus.Up).ToString(CultureInfo.InvariantCulture));
        Element(xml, "active", now.Open ? "true" : "false");
        xml.WriteEndElement();
    }

    private void WriteUsers(XmlWriter xml, Roster now, Roster? known)
    {
        xml.WriteStartElement("users");
        if (known is not null)
            xml.WriteAttributeString("state", "partial");
        foreach (var leg in now.Legs.Take(MostUsers))
            if (known is null || !now.SameIn(known, leg))
                WriteUser(xml, now, leg);
        foreach (var gone in known?.Legs.Take(MostUsers) ?? [])
            if (!now.Legs.Exists(leg => leg.Id == gone.Id))
                WriteGone(xml, gone);
        xml.WriteEndElement();
    }

    private void WriteUser(XmlWriter xml, Roster now, LegView leg)
    {
        xml.WriteStartElement("user");
        xml.WriteAttributeString("entity", Entity(leg.Id));
        xml.WriteAttributeString("state", "full");
        Element(xml, "display-text", NameOf(leg.Party));
        xml.WriteStartElement("endpoint");
        xml.WriteAttributeString("entity", Entity(leg.Id));
        xml.WriteAttributeString("state", "full");
        Element(xml, "status", ConferenceWords.Status(leg));
        if (leg.Kind == LegKind.Sip)
            Element(xml, "joining-method", leg.Dialled ? "dialed-out" : "dialed-in");
        xml.WriteStartElement("joining-info");
        Element(xml, "when", leg.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        WriteVoice(xml, now, leg);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteVoice(XmlWriter xml, Roster now, LegView leg)
    {
        xml.WriteStartElement("media");
        xml.WriteAttributeString("id", "1");
        Element(xml, "type", "audio");
        Element(xml, "status", ConferenceWords.Direction(leg));
        TalkElement(xml, "talking", now.Talks(leg.Id));
        TalkElement(xml, "floor", now.Floor == leg.Id);
        xml.WriteEndElement();
    }

    private void WriteGone(XmlWriter xml, LegView leg)
    {
        xml.WriteStartElement("user");
        xml.WriteAttributeString("entity", Entity(leg.Id));
        xml.WriteAttributeString("state", "deleted");
        xml.WriteEndElement();
    }

    private string Entity(LegId leg) => $"sip:{leg}@{host}";

    private string NameOf(Party party)
    {
        var agency = agencyName(party.Agency);
        return agency.Length == 0 ? party.Name : $"{party.Name} ({agency})";
    }

    /// <summary>Only what is so is written: a phone that knows nothing of it loses nothing.</summary>
    private static void TalkElement(XmlWriter xml, string name, bool so)
    {
        if (so)
            xml.WriteElementString("talk", name, TalkNamespace, "true");
    }

    private static void Element(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement(name);
        xml.WriteString(XmlText.Clean(value));
        xml.WriteEndElement();
    }
}
