using System.Globalization;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>What a partner's registrar made of our REGISTER.</summary>
/// <param name="Lasts">For how long it holds; null when it was refused.</param>
/// <param name="AskFor">The time to ask for instead, when ours was too short (423).</param>
/// <param name="IsFinal">Whether trying again soon would only look like an attack.</param>
/// <param name="Cause">What is wrong, in words.</param>
internal readonly record struct RegisterAnswer(TimeSpan? Lasts, TimeSpan? AskFor, bool IsFinal, string? Cause)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static RegisterAnswer Of(SipResponse response, string contactUser, TimeSpan asked)
    {
        if (response.IsSuccess)
            return new(GrantedTo(contactUser, response) ?? asked, null, false, null);
        if (response.Status == 423 && Seconds(response.Headers[HeaderNames.MinExpires]) is { } least && least > asked && least <= Longest)
            return new(null, least, false, "the partner wants a longer registration");
        return response.Status switch
        {
            401 or 407 => new(null, null, true, "the partner refuses the user or password, or asks for another realm or algorithm"),
            403 => new(null, null, true, "the partner forbids it"),
            404 => new(null, null, true, "the partner knows no such user"),
            408 => new(null, null, false, "the partner does not answer"),
            503 when response.IsLocal => new(null, null, false, "the partner cannot be reached"),
            _ => new(null, null, false, $"{response.Status} {response.Reason}"),
        };
    }

    /// <summary>Of our own Contact among all that are listed; what it says comes before the Expires field (RFC 3261 section 10.2.4).</summary>
    private static TimeSpan? GrantedTo(string contactUser, SipResponse response)
    {
        foreach (var text in response.Headers.Values(HeaderNames.Contact))
            if (NameAddr.TryParse(text, out var contact) && contact.Uri.UserName == contactUser && Seconds(contact.Parameters["expires"]) is { } granted)
                return granted;
        return Seconds(response.Headers[HeaderNames.Expires]);
    }

    private static TimeSpan? Seconds(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds)) : null;
}
