using System.Text;
using System.Xml;

namespace Interop.Bridges.Sip.Conference;

/// <summary>Text that people wrote, as XML can hold it.</summary>
internal static class XmlText
{
    /// <summary>The same without what XML 1.0 has no way to write: control characters, and halves of a character.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Utf16SequenceLength > 1 || XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append(rune.ToString());
        return clean.ToString();
    }
}
