using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Dialogs;

/// <summary>What a session timer request got: a timer, or the smallest interval that we would take (422).</summary>
internal readonly record struct SessionTimerAnswer(SessionTimerState? Timer, bool TooSmall);

/// <summary>Negotiates who refreshes a session and how often (RFC 4028).</summary>
internal static class SessionTimer
{
    public const string OptionTag = "timer";

    /// <summary>The fields of a request of ours; inside a dialog the refresher stays who it was.</summary>
    public static void Offer(SipHeaders headers, int seconds, int minimum, SessionTimerState? running)
    {
        var refresher = running is null ? "" : running.WeRefresh ? ";refresher=uac" : ";refresher=uas";
        headers.Add(HeaderNames.SessionExpires, $"{Math.Max(running?.Seconds ?? seconds, minimum)}{refresher}");
        headers.Add(HeaderNames.MinSE, minimum.ToString());
    }

    /// <summary>Section 9: what we, the server, make of a request.</summary>
    /// <remarks>A peer that asks for no timer gets one that we refresh: it is how we notice that the peer is gone.</remarks>
    public static SessionTimerAnswer Answer(SipRequest request, int seconds, int minimum)
    {
        var peerKnows = request.Lists(HeaderNames.Supported, OptionTag) || request.Lists(HeaderNames.Require, OptionTag);
        var peerMinimum = TryRead(request.Headers[HeaderNames.MinSE], out var least, out _) ? least : 0;
        if (!TryRead(request.Headers[HeaderNames.SessionExpires], out var asked, out var refresher))
        {
            return new(new(Math.Max(seconds, peerMinimum), WeRefresh: true), false);
        }

        if (asked < minimum)
        {
            if (peerKnows) return new(null, TooSmall: true);
            asked = minimum;
        }

        var interval = Math.Min(asked, Math.Max(seconds, peerMinimum));
        var peerRefreshes = peerKnows && !string.Equals(refresher, "uas", StringComparison.OrdinalIgnoreCase);
        return new(new(interval, WeRefresh: !peerRefreshes), false);
    }

    /// <summary>The fields of our 2xx.</summary>
    public static void Confirm(SipHeaders headers, SessionTimerState timer)
    {
        headers.Add(HeaderNames.SessionExpires, $"{timer.Seconds};refresher={(timer.WeRefresh ? "uas" : "uac")}");
        if (!timer.WeRefresh) headers.Add(HeaderNames.Require, OptionTag);
    }

    /// <summary>Section 7.2: what the peer's 2xx says; none when it says nothing.</summary>
    public static SessionTimerState? FromResponse(SipResponse response, int minimum)
    {
        if (!TryRead(response.Headers[HeaderNames.SessionExpires], out var seconds, out var refresher)) return null;
        return new(Math.Max(seconds, minimum), WeRefresh: !string.Equals(refresher, "uas", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The Min-SE of a 422.</summary>
    public static int? Minimum(SipResponse response) =>
        TryRead(response.Headers[HeaderNames.MinSE], out var seconds, out _) ? seconds : null;

    /// <summary>Section 10: the refresher acts at half the interval.</summary>
    public static TimeSpan RefreshAfter(SessionTimerState timer) => TimeSpan.FromSeconds(timer.Seconds / 2.0);

    /// <summary>Section 10: who is not the refresher gives up a little before the interval ends.</summary>
    public static TimeSpan ExpireAfter(SessionTimerState timer) =>
        TimeSpan.FromSeconds(timer.WeRefresh ? timer.Seconds : timer.Seconds - Math.Min(32, timer.Seconds / 3.0));

    private static bool TryRead(string? value, out int seconds, out string? refresher)
    {
        seconds = 0;
        refresher = null;
        if (value is null) return false;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var number = HeaderLexer.Trim(semicolon < 0 ? value : value.AsSpan(0, semicolon));
        if (!HeaderLexer.TryNumber(number, int.MaxValue, out var read)) return false;
        if (semicolon >= 0 && SipParameters.TryParse(value.AsSpan(semicolon), out var parameters)) refresher = parameters["refresher"];
        seconds = (int)read;
        return true;
    }
}
