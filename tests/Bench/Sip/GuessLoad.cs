using System.Net;

namespace Interop.Tests.Bench.Sip;

/// <summary>Asks a hub as a stranger would who guesses which phones and rooms there are: by what it is told, and by how long that takes.</summary>
/// <remarks>
/// Each question is put about one that exists and one that doesn't, in turns and in either order, with names of one length. A hub
/// shuts out who is wrong too often, so each address asks a few times only.
/// </remarks>
internal sealed class GuessLoad
{
    /// <summary>What distance is let pass beside that of chance: with it one look is right in 51.5 of 100 cases.</summary>
    private const double Margin = 0.03;

    private const int AsksOfAddress = 4;
    private const int NamesTried = 64;

    /// <summary>Slow enough for the hub to forget the transactions of those before: it bounds how many it holds.</summary>
    private static readonly TimeSpan TimeOfAddress = TimeSpan.FromMilliseconds(100);

    private const string NoRoom = "9999";
    private static readonly string Room = $"{LoadHub.FirstRoom}";

    private readonly IPEndPoint _hub;
    private readonly Random _order = new(20_260_401);
    private readonly List<Question> _questions = [];
    private int _addresses;

    private GuessLoad(IPEndPoint hub) => _hub = hub;

    /// <summary>Asks so often of each, and prints a line for each question.</summary>
    /// <returns>False when two answers differ or, if times count, their times are told apart.</returns>
    public static async Task<bool> RunAsync(int port, int times, bool timesCount, TextWriter output)
    {
        var load = new GuessLoad(new IPEndPoint(IPAddress.Loopback, port));
        load.Prepare();
        await load.AskAsync(Math.Max(AsksOfAddress, times / 10));
        foreach (var question in load._questions) question.Times = new TimePairs();
        await load.AskAsync(times);
        var sound = true;
        foreach (var question in load._questions) sound &= question.Print(output, timesCount);
        return sound;
    }

    private void Prepare()
    {
        foreach (var known in LoadHub.Phones)
        {
            var unknown = Twin(known.User);
            foreach (var method in (string[])["REGISTER", "INVITE"])
            {
                StrangerRequest Of(string user, string? proof) => new(method, user, Room, proof);
                _questions.Add(new Question($"{method}, {known.Kind}, unproved", _ => Of(known.User, null), _ => Of(unknown, null)));
                _questions.Add(new Question(
                    $"{method}, {known.Kind}, wrong password", nonce => Of(known.User, Wrong(known.User, known.Md5, method, nonce)), nonce => Of(unknown, Wrong(unknown, known.Md5, method, nonce))));
            }
        }

        foreach (var method in (string[])["INVITE", "MESSAGE", "SUBSCRIBE"])
            _questions.Add(new Question($"{method}, room", _ => new(method, "nobody", Room, null), _ => new(method, "nobody", NoRoom, null)));
    }

    /// <summary>A name that is nobody's and is challenged as that phone is: the form of the challenge depends on the name.</summary>
    private string Twin(string known)
    {
        using var probe = Stranger();
        var wanted = probe.Ask(new StrangerRequest("REGISTER", known, Room, null)).Text;
        return Enumerable.Range(10, NamesTried).Select(number => $"none{number}")
            .FirstOrDefault(name => probe.Ask(new StrangerRequest("REGISTER", name, Room, null)).Text == wanted)
            ?? throw new InvalidOperationException($"Of {NamesTried} names that are nobody's none is answered as {known} is.");
    }

    private async Task AskAsync(int times)
    {
        using var pace = new PeriodicTimer(TimeOfAddress, TimeProvider.System);
        for (var asked = 0; asked < times; asked += AsksOfAddress)
        {
            using var probe = Stranger();
            var nonce = probe.Ask(new StrangerRequest("REGISTER", "nobody", Room, null)).Nonce;
            for (var time = 0; time < AsksOfAddress; time++)
                foreach (var question in _questions)
                    question.Ask(probe, nonce, knownFirst: _order.Next(2) == 0);
            await pace.WaitForNextTickAsync();
        }
    }

    private StrangerProbe Stranger()
    {
        var number = ++_addresses;
        return new StrangerProbe(new IPAddress([127, (byte)(1 + number / 65_536), (byte)(number / 256), (byte)number]), _hub);
    }

    /// <summary>An answer to the challenge that is right in all but the password.</summary>
    private static string Wrong(string user, bool md5, string method, string nonce)
    {
        var uri = method == "REGISTER" ? "sip:127.0.0.1" : $"sip:{Room}@127.0.0.1";
        var response = new string('0', md5 ? 32 : 64);
        return $"Digest username=\"{user}\", realm=\"interop\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", "
            + $"algorithm={(md5 ? "MD5" : "SHA-256")}, cnonce=\"0a4f113b\", qop=auth, nc=00000001";
    }

    /// <summary>One question, put about one that exists and one that doesn't.</summary>
    private sealed class Question(string name, Func<string, StrangerRequest> known, Func<string, StrangerRequest> unknown)
    {
        private readonly HashSet<string> _told = [];

        public TimePairs Times { get; set; } = new();

        public void Ask(StrangerProbe probe, string nonce, bool knownFirst)
        {
            var first = probe.Ask(knownFirst ? known(nonce) : unknown(nonce));
            var second = probe.Ask(knownFirst ? unknown(nonce) : known(nonce));
            _told.Add(first.Text);
            _told.Add(second.Text);
            var (one, other) = knownFirst ? (first, second) : (second, first);
            Times.Add(one.Microseconds, other.Microseconds);
        }

        public bool Print(TextWriter output, bool timesCount)
        {
            var (one, other, distance) = (Times.One, Times.Other, Times.Distance());
            var alike = _told.Count == 1;
            var close = distance <= Times.Chance + Margin;
            static string Part(double? right) => right is { } known ? $"{known:P1}" : "-";
            output.WriteLine(
                $"{name}: known p50 {TimePairs.At(one, 0.5):F0} p90 {TimePairs.At(one, 0.9):F0}, unknown p50 {TimePairs.At(other, 0.5):F0} p90 {TimePairs.At(other, 0.9):F0} us, "
                + $"K-S {distance:F4} (chance {Times.Chance:F4}), guessed by one {Part(Times.Guessed(1))}, by {TimePairs.Many} {Part(Times.Guessed(TimePairs.Many))}"
                + $"{(alike ? "" : $", {_told.Count} DIFFERENT ANSWERS:\n{string.Join("\n", _told)}")}{(close || !timesCount ? "" : ", TOLD APART")}");
            return alike && (close || !timesCount);
        }
    }
}
