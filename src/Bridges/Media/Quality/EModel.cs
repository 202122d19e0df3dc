namespace Interop.Bridges.Media.Quality;

/// <summary>The E-model of ITU-T G.107: what loss and delay make of a conversation, as a rating and as an opinion score.</summary>
/// <remarks>
/// Everything that a hub cannot measure (noise, loudness, echo at the far end) has the model's default, so R = 93.2 - Id - Ie,eff.
/// Id is the approximation of Cole and Rosenbluth ("Voice over IP performance monitoring", 2001) for calls without echo; losses
/// are taken to be random (BurstR = 1).
/// </remarks>
public static class EModel
{
    /// <summary>The rating of a call of which nothing is lost and nothing late.</summary>
    public const double Best = 93.2;

    // "Interactivity" suffers from here on: milliseconds one way.
    private const double TalkOver = 177.3;

    /// <summary>The transmission rating R, 0 to 93.2.</summary>
    /// <param name="codec">What the sound is coded in.</param>
    /// <param name="loss">The share of packets that are missing when they are due, 0 to 1.</param>
    /// <param name="delay">From mouth to ear, one way.</param>
    public static double Rate(CodecImpairment codec, double loss, TimeSpan delay)
    {
        var percent = 100 * Math.Clamp(loss, 0, 1);
        var late = delay.TotalMilliseconds;
        var delayImpairment = (0.024 * late) + (0.11 * Math.Max(0, late - TalkOver));
        var equipmentImpairment = codec.Ie + ((95 - codec.Ie) * percent / (percent + codec.Bpl));
        return Math.Clamp(Best - delayImpairment - equipmentImpairment, 0, Best);
    }

    /// <summary>The mean opinion score of a rating, 1 to 4.5 (G.107 Annex B).</summary>
    public static double Opinion(double rating) => rating switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        // The cubic dips below 1 for ratings under 6.5.
        _ => Math.Max(1, 1 + (0.035 * rating) + (rating * (rating - 60) * (100 - rating) * 7e-6)),
    };
}
