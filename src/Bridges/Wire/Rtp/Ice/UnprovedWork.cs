namespace Interop.Bridges.Wire.Rtp.Ice;

/// <summary>Bounds what is done in a second for those who have proved nothing: for each address, and for all of them.</summary>
/// <remarks>Addresses that fall together share their part. A table of fixed size: strangers must not make us remember them.</remarks>
internal sealed class UnprovedWork(int perAddress, int inAll)
{
    private const int Slots = 1024;

    private readonly int[] _spent = new int[Slots];
    private readonly ulong _seed = (ulong)Random.Shared.NextInt64();
    private int _spentInAll;
    private TimeSpan _secondEnds;

    /// <summary>Whether one more piece of work may be done for whoever is at the address.</summary>
    public bool TrySpend(UInt128 address, TimeSpan now)
    {
        if (now >= _secondEnds)
        {
            _secondEnds = now + TimeSpan.FromSeconds(1);
            _spentInAll = 0;
            Array.Clear(_spent);
        }

        ref var spent = ref _spent[SlotOf(address)];
        if (spent >= perAddress || _spentInAll >= inAll) return false;
        spent++;
        _spentInAll++;
        return true;
    }

    /// <summary>The work was for somebody who then proved to be no stranger.</summary>
    public void Refund(UInt128 address)
    {
        ref var spent = ref _spent[SlotOf(address)];
        if (spent > 0) spent--;
        if (_spentInAll > 0) _spentInAll--;
    }

    // Seeded, so that nobody can aim at the slot of another's address.
    private int SlotOf(UInt128 address)
    {
        var mixed = ((ulong)address ^ (ulong)(address >> 64) ^ _seed) * 0x9E37_79B9_7F4A_7C15;
        return (int)(mixed >> 54);
    }
}
