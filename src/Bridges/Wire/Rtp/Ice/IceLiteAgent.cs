using System.Diagnostics.CodeAnalysis;
using Interop.Bridges.Wire.Rtp.Stun;

namespace Interop.Bridges.Wire.Rtp.Ice;

/// <summary>Answers the checks of all browsers at one port, and knows by them who is at which address (RFC 8445, lite).</summary>
/// <remarks>
/// A lite agent checks nothing itself: it is always controlled, and the browser's checks are its consent too (RFC 7675). A
/// session is found by our user name fragment, and then by the addresses that were proved with its password: the newest proof
/// wins, since browsers use a source port again, as a page does that reloads. One owner;
/// no socket and no clock in here.
/// </remarks>
public sealed class IceLiteAgent(int maxSessions)
{
    /// <summary>How long a browser may leave its checks out before it counts as gone (RFC 7675 §5.1).</summary>
    public static readonly TimeSpan ConsentTime = TimeSpan.FromSeconds(30);

    /// <summary>The longest answer.</summary>
    public const int LongestAnswer = 96;

    // A browser's own checks prove themselves; ten pairs that start anew with a page stay far below this.
    private const int UnprovedPerAddress = 50;
    private const int UnprovedInAll = 2_000;

    private readonly Dictionary<ulong, IceSession> _byFragment = [];
    private readonly Dictionary<TransportAddress, IceSession> _byAddress = [];
    private readonly UnprovedWork _unproved = new(UnprovedPerAddress, UnprovedInAll);
    private TimeSpan _nextSweep;

    /// <summary>How many sessions there are.</summary>
    public int Count => _byFragment.Count;

    /// <summary>What happened.</summary>
    public IceCounters Counters { get; } = new();

    /// <summary>Expects a browser.</summary>
    /// <returns>Its session; null when there are as many as may be.</returns>
    public IceSession? TryAdd(IceCredentials local, string remoteUfrag, TimeSpan now)
    {
        if (_byFragment.Count >= maxSessions || local.Ufrag.Length != IceCredentials.OwnUfragLength) return null;
        var session = new IceSession(local, remoteUfrag, now);
        return _byFragment.TryAdd(session.Key, session) ? session : null;
    }

    /// <summary>Forgets a browser; its addresses are strangers from now on.</summary>
    public void Remove(IceSession session)
    {
        if (!_byFragment.Remove(session.Key)) return;
        foreach (var path in session.Paths)
            if (_byAddress.TryGetValue(path, out var holder) && holder == session) _byAddress.Remove(path);
    }

    /// <summary>Who has proved to be at the address.</summary>
    public bool TryFind(TransportAddress from, [NotNullWhen(true)] out IceSession? session) => _byAddress.TryGetValue(from, out session);

    /// <summary>Takes a STUN datagram and writes the answer that it gets.</summary>
    /// <param name="datagram">As it came.</param>
    /// <param name="from">Where from.</param>
    /// <param name="answer">At least <see cref="LongestAnswer"/> bytes.</param>
    /// <param name="now">The owner's time.</param>
    /// <param name="proved">The session whose check it was, if it proved to be one.</param>
    /// <returns>The answer's length; 0 when there is none.</returns>
    public int Take(ReadOnlySpan<byte> datagram, TransportAddress from, Span<byte> answer, TimeSpan now, out IceSession? proved)
    {
        proved = null;
        if (!StunMessage.TryParse(datagram, out var check, out _) || !check.HasFingerprint || check.Type != StunType.BindingRequest)
        {
            Counters.Ignored++;
            return 0;
        }

        var known = _byAddress.GetValueOrDefault(from);
        var expected = Named(check.Username);
        var stranger = known is null || known != expected;
        if (stranger && !_unproved.TrySpend(from.Address, now))
        {
            Counters.Overloaded++;
            return 0;
        }

        if (Fault(check, expected) is { } error) return Refuse(datagram.Length, check, error, expected, answer);
        if (stranger) _unproved.Refund(from.Address);
        Counters.Proved++;
        Map(expected!, from, check.UseCandidate, now);
        proved = expected;
        return Confirm(check, from, expected!, answer);
    }

    /// <summary>Takes out those whose checks have ceased, about once a second; each is told to <paramref name="gone"/>.</summary>
    public void Sweep(TimeSpan now, Action<IceSession> gone)
    {
        if (now < _nextSweep) return;
        _nextSweep = now + TimeSpan.FromSeconds(1);
        List<IceSession>? expired = null;
        foreach (var session in _byFragment.Values)
            if (now - session.LastCheck > ConsentTime) (expired ??= []).Add(session);
        if (expired is null) return;
        foreach (var session in expired)
        {
            Counters.Expired++;
            Remove(session);
            gone(session);
        }
    }

    private IceSession? Named(ReadOnlySpan<byte> userName) =>
        userName.Length > IceCredentials.OwnUfragLength
        && _byFragment.TryGetValue(IceSession.KeyOf(userName), out var session)
        && session.IsNamedBy(userName)
            ? session
            : null;

    /// <summary>What is wrong with a check, in the order of RFC 8489 §9.1.3 and §6.3.1.</summary>
    private static StunError? Fault(in StunMessage check, IceSession? session)
    {
        if (!check.HasIntegrity || check.Username.IsEmpty) return StunError.BadRequest;
        if (session is null || !check.Proves(session.Password)) return StunError.Unauthenticated;
        if (check.Unknown != 0) return StunError.UnknownAttribute;
        // RFC 8445 §6.1.1: against a lite agent the full one controls, so 487 has it change its role.
        return check.IceControlled is null ? null : StunError.RoleConflict;
    }

    private int Refuse(int asked, in StunMessage check, StunError error, IceSession? session, Span<byte> answer)
    {
        if (error == StunError.RoleConflict) Counters.RoleConflicts++;
        else if (error == StunError.Unauthenticated) Counters.Unauthenticated++;
        else Counters.BadRequests++;
        var writer = new StunWriter(answer, StunType.BindingError, check.TransactionId);
        writer.AddError(error);
        if (error == StunError.UnknownAttribute) writer.AddUnknown(check.Unknown);
        // RFC 8489 §9.1.3: 400 and 401 carry no integrity, since there is no password that both know.
        if (error is StunError.UnknownAttribute or StunError.RoleConflict) writer.AddIntegrity(session!.Password);
        writer.AddFingerprint();
        // Whoever proved nothing may have borrowed the address: what goes there is never more than what came.
        return writer.Length > asked ? 0 : writer.Length;
    }

    private void Map(IceSession session, TransportAddress from, bool nominates, TimeSpan now)
    {
        if (_byAddress.TryGetValue(from, out var before) && before != session)
        {
            before.Forget(from);
            Counters.Remapped++;
        }

        _byAddress[from] = session;
        if (session.Check(from, nominates, now) is { } forgotten) _byAddress.Remove(forgotten);
    }

    private static int Confirm(in StunMessage check, TransportAddress from, IceSession session, Span<byte> answer)
    {
        var writer = new StunWriter(answer, StunType.BindingSuccess, check.TransactionId);
        Span<byte> address = stackalloc byte[16];
        writer.AddMappedAddress(address[..from.WriteAddress(address)], from.Port);
        writer.AddIntegrity(session.Password);
        writer.AddFingerprint();
        return writer.Length;
    }
}
