using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Reads the dial code out of <c>sip:4201@hub</c>.</summary>
internal static class RoomAddress
{
    private const int LongestCode = 12;

    /// <summary>The code, or null when the address can't be a room's.</summary>
    public static RoomCode? Read(SipUri uri)
    {
        var user = uri.UserName;
        if (user.Length is 0 or > LongestCode)
            return null;
        foreach (var digit in user)
            if (!char.IsAsciiDigit(digit))
                return null;
        return new RoomCode(user);
    }
}
