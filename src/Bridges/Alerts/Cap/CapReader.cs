using System.Xml;
using System.Xml.Linq;
using Interop.Hub.Contracts.Alerts;

namespace Interop.Bridges.Alerts.Cap;

/// <summary>Reads an <c>alert</c> of the Common Alerting Protocol 1.2 (OASIS, 1 July 2010).</summary>
/// <remarks>
/// It asks for what the standard requires and ignores what it does not know, and takes elements in any order:
/// an alert that people need must not be lost over a detail that no decision rests on.
/// </remarks>
internal static class CapReader
{
    public static AlertReading Read(ReadOnlyMemory<byte> document)
    {
        if (Scan(document) is { } fault)
            return AlertReading.Bad(fault);
        using var reader = Open(document);
        return Read(XDocument.Load(reader, LoadOptions.SetLineInfo).Root!);
    }

    private static AlertReading Read(XElement root)
    {
        var faults = new CapFaults();
        if (root.Name.LocalName != "alert" || root.Name.Namespace != CapElement.Namespace)
        {
            faults.Add("alert", root, $"The document must be an alert of {CapElement.Namespace.NamespaceName}, and it is {AlertText.Line(root.Name.ToString())}.");
            return AlertReading.Bad(faults.All);
        }
        var alert = new CapElement(root, "alert", faults);
        var identifier = alert.Name("identifier");
        var sender = alert.Name("sender");
        var sent = alert.Time("sent");
        var status = alert.OneOf("status", CapVocabulary.Statuses);
        var messageType = alert.OneOf("msgType", CapVocabulary.MessageTypes);
        alert.OneOf("scope", CapVocabulary.Scopes);
        var references = CapReferences.Read(alert);
        RefuseWhatIsNoAlert(alert, status, messageType);
        var action = messageType switch { "Update" => AlertAction.Update, "Cancel" => AlertAction.Cancel, _ => AlertAction.New };
        if (action != AlertAction.New && references.Count == 0)
            alert.Fault("references", $"msgType {messageType} must name the earlier alerts as sender,identifier,sent.");
        var info = CapInfo.Choose(alert, required: action == AlertAction.New);
        if (faults.Any)
            return AlertReading.Bad(faults.All);
        return AlertReading.Of(new Alert(
            AlertText.Id(sender, identifier),
            action,
            references,
            info.Event,
            info.Headline ?? AlertText.Line(alert.Optional("note") ?? info.Event),
            info.Description,
            info.Severity,
            sender,
            info.Area.Description,
            info.Area.Place,
            sent,
            Exercise: status is "Exercise" or "Test"));
    }

    private static void RefuseWhatIsNoAlert(CapElement alert, string status, string messageType)
    {
        if (status is "System" or "Draft")
            alert.Fault("status", $"status {status} is not meant for people (CAP 1.2, 3.2.1); send Actual, Exercise or Test.");
        if (messageType is "Ack" or "Error")
            alert.Fault("msgType", $"msgType {messageType} answers an alert, and this intake sends none; send Alert, Update or Cancel.");
    }

    /// <summary>Goes through the whole document before its tree is built: what is broken or too deep ends here.</summary>
    private static AlertFault? Scan(ReadOnlyMemory<byte> document)
    {
        using var reader = Open(document);
        try
        {
            while (reader.Read())
                if (reader.Depth > AlertLimits.Depth)
                    return new AlertFault("", ((IXmlLineInfo)reader).LineNumber, $"Elements nest deeper than {AlertLimits.Depth}.");
            return null;
        }
        catch (XmlException broken)
        {
            // The reader names a line for everything but a document type, which it refuses as a whole.
            return broken.LineNumber > 0
                ? new AlertFault("", broken.LineNumber, AlertText.Line($"This is not well-formed XML: {broken.Message}"))
                : new AlertFault("", 0, "A document type declaration is not taken; leave it out.");
        }
    }

    private static XmlReader Open(ReadOnlyMemory<byte> document) =>
        XmlReader.Create(new MemoryStream(document.ToArray(), writable: false), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = AlertLimits.DocumentBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
}
