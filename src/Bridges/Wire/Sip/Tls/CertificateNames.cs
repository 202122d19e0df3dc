using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>Which SIP domains a certificate is for (RFC 5922 section 7).</summary>
internal static class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";

    private const string CommonName = "2.5.4.3";

    /// <summary>The names in the certificate; the common name counts only when it has no others.</summary>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        if (certificate.Extensions[SubjectAlternativeName] is { } extension) return Alternatives(extension.RawData);
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == CommonName && part.GetSingleElementValue() is { Length: > 0 } name)
            {
                return [name];
            }
        }

        return [];
    }

    /// <summary>
    /// Whether one of the names is that host. Section 7.2: "Implementations MUST NOT match any form of wildcard", as a
    /// domain's certificate would else speak for every host below it.
    /// </summary>
    public static bool Prove(IReadOnlyList<string> names, string host)
    {
        var wanted = host.Trim('[', ']').TrimEnd('.');
        var address = IPAddress.TryParse(wanted, out var parsed) ? parsed : null;
        foreach (var name in names)
        {
            if (address is null ? name.TrimEnd('.').Equals(wanted, StringComparison.OrdinalIgnoreCase)
                : IPAddress.TryParse(name, out var named) && named.Equals(address)) return true;
        }

        return false;
    }

    private static List<string> Alternatives(byte[] extension)
    {
        var names = new List<string>();
        try
        {
            var reader = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                var tag = reader.PeekTag();
                if (tag is { TagClass: TagClass.ContextSpecific, TagValue: 2 }) names.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                else if (tag is { TagClass: TagClass.ContextSpecific, TagValue: 6 }) AddUri(names, reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                else if (tag is { TagClass: TagClass.ContextSpecific, TagValue: 7 }) AddAddress(names, reader.ReadOctetString(tag));
                else reader.ReadEncodedValue();
            }
        }
        catch (Exception malformed) when (malformed is AsnContentException or CryptographicException)
        {
            // A list of names that cannot be read to its end proves nothing.
            return [];
        }

        return names;
    }

    /// <summary>Section 7.1: a URI counts when its scheme is sip and it names no user.</summary>
    private static void AddUri(List<string> names, string text)
    {
        if (SipUri.TryParse(text, out var uri) && uri is { Scheme: "sip", User: null }) names.Add(uri.Host.Trim('[', ']'));
    }

    private static void AddAddress(List<string> names, byte[] octets)
    {
        if (octets.Length is 4 or 16) names.Add(new IPAddress(octets).ToString());
    }
}
