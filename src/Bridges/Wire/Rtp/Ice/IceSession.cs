using System.Buffers.Binary;
using System.Text;

namespace Interop.Bridges.Wire.Rtp.Ice;

/// <summary>One browser, as the agent knows it: by its user name fragments, and by the addresses that it has proved.</summary>
/// <remarks>Belongs to the agent's owner; nothing else touches it.</remarks>
public sealed class IceSession
{
    /// <summary>As many addresses as a browser may be seen at: of its own, of its NATs, and of a relay.</summary>
    private const int MostPaths = 8;

    private readonly byte[] _userName;
    private readonly List<TransportAddress> _paths = [];

    internal IceSession(IceCredentials local, string remoteUfrag, TimeSpan now)
    {
        Local = local;
        Key = KeyOf(Encoding.ASCII.GetBytes(local.Ufrag));
        _userName = Encoding.ASCII.GetBytes($"{local.Ufrag}:{remoteUfrag}");
        Password = Encoding.ASCII.GetBytes(local.Password);
        LastCheck = now;
    }

    /// <summary>Ours, for the answer.</summary>
    public IceCredentials Local { get; }

    /// <summary>Where its packets go; null while it has proved none, and after another browser proved to be there.</summary>
    public TransportAddress? Selected { get; private set; }

    /// <summary>Whether the browser nominated the selected address; before that it is the first one that it proved.</summary>
    public bool Nominated { get; private set; }

    /// <summary>When it last proved that it still wants to be sent to; when it was made, before the first time.</summary>
    public TimeSpan LastCheck { get; private set; }

    internal ulong Key { get; }

    internal byte[] Password { get; }

    internal IReadOnlyList<TransportAddress> Paths => _paths;

    internal static ulong KeyOf(ReadOnlySpan<byte> ufrag) => BinaryPrimitives.ReadUInt64LittleEndian(ufrag);

    internal bool IsNamedBy(ReadOnlySpan<byte> userName) => userName.SequenceEqual(_userName);

    /// <summary>Takes a check that was proved; gives the address that had to be forgotten for it, if one had to.</summary>
    internal TransportAddress? Check(TransportAddress from, bool nominates, TimeSpan now)
    {
        LastCheck = now;
        TransportAddress? forgotten = null;
        if (!_paths.Contains(from))
        {
            if (_paths.Count == MostPaths)
            {
                var index = _paths[0] == Selected ? 1 : 0;
                forgotten = _paths[index];
                _paths.RemoveAt(index);
            }

            _paths.Add(from);
        }

        if (nominates || Selected is null) Selected = from;
        Nominated |= nominates;
        return forgotten;
    }

    /// <summary>Another browser has proved to be at this address.</summary>
    internal void Forget(TransportAddress address)
    {
        _paths.Remove(address);
        if (Selected != address) return;
        Selected = _paths.Count > 0 ? _paths[^1] : null;
        Nominated = false;
    }
}
