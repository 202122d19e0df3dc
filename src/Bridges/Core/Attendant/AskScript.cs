using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Core.Attendant;

/// <summary>What the script wants done: something played in place of what is playing, or the answer that it has come to.</summary>
internal readonly record struct AskMove(IReadOnlyList<PromptAudio>? Play, LegAnswer? Answer);

/// <summary>Asks one party in: first who calls, after a key why, then the answer. Pure but for its own state; one owner.</summary>
/// <remarks>
/// A voicemail presses nothing, so it hears neither the incident nor the choice. The first key is spent on being told:
/// a pocket that presses 1 has not joined.
/// </remarks>
internal sealed class AskScript(IReadOnlyList<PromptAudio> greeting, IReadOnlyList<PromptAudio> explanation, IReadOnlyList<PromptAudio> again, TimeSpan now)
{
    /// <summary>How long nobody may press a key: then it was no answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Whoever has listened to a long explanation must have time to press.
    private static readonly TimeSpan s_timeToPress = TimeSpan.FromSeconds(8);

    private readonly TimeSpan _explanationTime = new(explanation.Sum(prompt => prompt.Duration.Ticks));
    private bool _explaining;

    /// <summary>When it is no answer, unless a key comes before.</summary>
    public TimeSpan Deadline { get; private set; } = now + Patience;

    /// <summary>A key was pressed: it cuts what is playing.</summary>
    public AskMove Press(char key, TimeSpan at)
    {
        if (!_explaining)
        {
            _explaining = true;
            Deadline = at + Max(Patience, _explanationTime + s_timeToPress);
            return new AskMove(explanation, null);
        }

        Deadline = at + Max(Patience, _explanationTime + s_timeToPress);
        return key switch
        {
            '1' => new AskMove(null, LegAnswer.Join),
            '2' => new AskMove(null, LegAnswer.Listen),
            '3' => new AskMove(null, LegAnswer.Decline),
            _ => new AskMove([.. again, .. explanation], null),
        };
    }

    /// <summary>What was playing is over: it is said again.</summary>
    public AskMove PlayedOut() => new(_explaining ? explanation : greeting, null);

    /// <summary>Time has passed.</summary>
    public AskMove Wait(TimeSpan at) => at < Deadline ? default : new AskMove(null, LegAnswer.None);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
