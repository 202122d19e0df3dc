using System.Diagnostics.CodeAnalysis;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Directory;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What a field of a command may hold. Titles and names reach SIP headers and logs, so they hold no control characters.</summary>
internal static class FieldRules
{
    public static Refusal? Check(OpenRoom command) =>
        Line("title", command.Title, Limits.TitleLength)
        ?? Type("type", command.Type)
        ?? Place(command.Place)
        ?? Agency("owner", command.Owner)
        ?? Admits(command.Admits)
        ?? Company(command);

    public static Refusal? Check(string field, LentResource resource)
    {
        if (resource is null)
            return Refusals.Invalid(field, "A resource is missing.");
        if (!Slug.IsId(resource.Resource.Agency.Value) || !Slug.IsId(resource.Resource.Name))
            return Refusals.Invalid(field, $"'{resource.Resource}' is not a resource; it is written agency/name.");
        return Line(field, resource.Name, Limits.NameLength) ?? resource.Kind switch
        {
            ResourceKind.Channel => GatewayRules.Fault(resource.Gateway) is { } fault ? Refusals.Invalid(field, fault) : null,
            ResourceKind.Endpoint or ResourceKind.Number => SipUri(field, resource.Address),
            ResourceKind.Camera => Url(field, resource.Url),
            ResourceKind.Sensor => null,
        };
    }

    public static Refusal? Check(DialOut command)
    {
        if (!command.Ask && (command.Purpose ?? command.Language) is not null)
            return Refusals.Invalid("ask", "A purpose and a language are for a party that is asked first; set ask.");
        return OptionalText("purpose", command.Purpose, Limits.ReasonLength) ?? Language("language", command.Language);
    }

    /// <summary>A language tag such as <c>en</c> or <c>es-MX</c>: it names a folder of prompts.</summary>
    public static Refusal? Language(string field, string? value) =>
        value is null || (value.Length <= Limits.LanguageLength && value.Split('-') is [{ Length: 2 or 3 }, ..] parts
                && parts.All(part => part.Length > 1 && part.All(char.IsAsciiLetterOrDigit)) && parts[0].All(char.IsAsciiLetterLower))
            ? null
            : Refusals.Invalid(field, $"The {field} must be a language such as en or es.");

    public static Refusal? Check(Party party) =>
        Agency("party.agency", party.Agency)
        ?? Line("party.name", party.Name, Limits.NameLength)
        ?? Line("party.address", party.Address, Limits.SipUriLength)
        ?? Line("party.proof", party.Proof, Limits.CredentialLength)
        ?? (party.Focus is { } focus ? Focus(focus) : null);

    public static Refusal? Focus(string focus) => Line("focus", focus, Limits.SipUriLength);

    public static Refusal? Agency(string field, AgencyId agency) =>
        Slug.IsId(agency.Value) ? null : Refusals.Invalid(field, $"'{Cut(agency.Value, Limits.SlugLength)}' is not an agency's id.");

    public static Refusal? Type(string field, string? type) =>
        type is { Length: > 0 and <= Limits.TypeLength } && Slug.IsWord(type)
            ? null
            : Refusals.Invalid(field, $"The {field} must be a word of lower-case letters, digits and hyphens, at most {Limits.TypeLength} characters.");

    /// <summary>One line for people: not blank, no control characters.</summary>
    public static Refusal? Line(string field, [NotNull] string? value, int most)
    {
        value ??= "";
        if (string.IsNullOrWhiteSpace(value))
            return Refusals.Invalid(field, $"The {field} must not be empty.");
        if (value.Length > most)
            return Refusals.Invalid(field, $"The {field} has {value.Length} characters; the most is {most}.");
        return value.Any(char.IsControl) ? Refusals.Invalid(field, $"The {field} must be one line without control characters.") : null;
    }

    /// <summary>Text of several lines.</summary>
    public static Refusal? Text(string field, string? value, int most) =>
        string.IsNullOrWhiteSpace(value) ? Refusals.Invalid(field, $"The {field} must not be empty.") : OptionalText(field, value, most);

    public static Refusal? OptionalText(string field, string? value, int most)
    {
        if (value is null)
            return null;
        if (value.Length > most)
            return Refusals.Invalid(field, $"The {field} has {value.Length} characters; the most is {most}.");
        return value.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
            ? Refusals.Invalid(field, $"The {field} must not hold control characters.")
            : null;
    }

    /// <summary>A link that a browser opens: a password in it would be shown to the whole room.</summary>
    public static Refusal? Url(string field, string? value)
    {
        if (value is null || value.Length > Limits.UrlLength || !Uri.TryCreate(value, UriKind.Absolute, out var uri))
            return Refusals.Invalid(field, $"The {field} must be a whole link of at most {Limits.UrlLength} characters.");
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return Refusals.Invalid(field, $"The {field} must begin with http:// or https://.");
        if (uri.Host.Length == 0 || uri.UserInfo.Length > 0)
            return Refusals.Invalid(field, $"The {field} must name a host, and no user or password.");
        return value.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
            ? Refusals.Invalid(field, $"The {field} must not hold spaces or control characters.")
            : null;
    }

    /// <summary>An address of SIP's or the telephone's; <see cref="Dialling.DialAddress"/> says whether it can be called.</summary>
    public static Refusal? SipUri(string field, string? value)
    {
        const string shape = "must be sip:user@host, sips:user@host or tel:number.";
        if (value is null || value.Length > Limits.SipUriLength || value.Any(c => c is <= ' ' or >= '\x7f' or '<' or '>' or '"'))
            return Refusals.Invalid(field, $"The {field} {shape}");
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var rest = value[(colon + 1)..];
        var right = colon < 0 ? false : value[..colon].ToUpperInvariant() switch
        {
            "SIP" or "SIPS" => HasHost(rest),
            "TEL" => rest.Length > 0 && rest.Any(char.IsAsciiDigit),
            _ => false,
        };
        return right ? null : Refusals.Invalid(field, $"The {field} {shape}");
    }

    /// <summary>Keeps what a node reports within bounds; refusing its report would lose what it saw.</summary>
    public static string Cut(string? value, int most) =>
        value is null ? "" : value.Length <= most ? value : value[..most];

    private static bool HasHost(string rest)
    {
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var host = at < 0 ? rest : rest[(at + 1)..];
        return at != 0 && host.Length > 0 && host[0] is not (':' or ';' or '?' or '@') && !host.Contains('@', StringComparison.Ordinal);
    }

    private static Refusal? Place(Place? place)
    {
        if (place is null)
            return null;
        if (OptionalText("place.text", place.Text, Limits.PlaceLength) is { } wrong)
            return wrong;
        if (place.Latitude.HasValue != place.Longitude.HasValue)
            return Refusals.Invalid("place", "A place on the map needs both latitude and longitude.");
        if (place.Latitude is { } latitude && latitude is not (>= -90 and <= 90))
            return Refusals.Invalid("place.latitude", "The latitude must be between -90 and 90 degrees.");
        return place.Longitude is { } longitude && longitude is not (>= -180 and <= 180)
            ? Refusals.Invalid("place.longitude", "The longitude must be between -180 and 180 degrees.")
            : null;
    }

    private static Refusal? Admits(IReadOnlyList<string> admits)
    {
        if (admits.Count > Limits.Admits)
            return Refusals.Invalid("admits", $"There are {admits.Count} entries; the most is {Limits.Admits}.");
        foreach (var admitted in admits)
            if (!Slug.IsCredential(admitted))
                return Refusals.Invalid("admits", $"'{Cut(admitted, Limits.CredentialLength)}' is not trunk:id, trunk:agency/id, endpoint:agency/id or agency:id.");
        return null;
    }

    private static Refusal? Company(OpenRoom command)
    {
        if (command.Invites.Count > Limits.Invites)
            return Refusals.Invalid("invites", $"There are {command.Invites.Count} invitations; the most is {Limits.Invites}.");
        foreach (var agency in command.Invites)
            if (Agency("invites", agency) is { } wrong)
                return wrong;
        if (command.Invites.Contains(command.Owner))
            return Refusals.Invalid("invites", "The room's owner is in it already.");
        if (command.Invites.Distinct().Count() != command.Invites.Count)
            return Refusals.Invalid("invites", "An agency is invited twice.");
        if (command.Shares.Count > Limits.Legs)
            return Refusals.Invalid("shares", $"There are {command.Shares.Count} resources; the most is {Limits.Legs}.");
        foreach (var resource in command.Shares)
        {
            if (Check("shares", resource) is { } wrong)
                return wrong;
            if (resource.Resource.Agency != command.Owner)
                return Refusals.Invalid("shares", $"{resource.Resource} belongs to another agency; only its owner can lend it.");
        }

        return command.Shares.DistinctBy(resource => (resource.Kind, resource.Resource)).Count() == command.Shares.Count
            ? null
            : Refusals.Invalid("shares", "A resource is lent twice.");
    }
}
