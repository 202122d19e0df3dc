using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Text;

/// <summary>How a phone takes text, as far as its messages have told.</summary>
internal sealed class TextAbilities
{
    private volatile bool _allows;
    private volatile bool _refusedInCall;
    private volatile bool _takesCpim;
    private volatile bool _refusedCpim;

    /// <summary>Whether a MESSAGE goes inside the call, by its own route; else beside it, by the same route.</summary>
    public bool InCall => _allows && !_refusedInCall;

    /// <summary>Whether the text goes in an envelope that names its writer (RFC 3862).</summary>
    public bool Cpim => _takesCpim && !_refusedCpim;

    /// <summary>Reads what an INVITE, its answer, or the answer to OPTIONS says.</summary>
    public void Learn(IEnumerable<string> allow, IEnumerable<string> accept)
    {
        foreach (var method in allow)
            _allows |= method == SipMethods.Message;
        foreach (var type in accept)
            _takesCpim |= type.StartsWith(TextTypes.Cpim, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The phone knows MESSAGE outside of a call alone.</summary>
    public void RefuseInCall() => _refusedInCall = true;

    /// <summary>Takes a 415 to heart; false when there is no other form to try.</summary>
    /// <param name="wasCpim">What was refused.</param>
    /// <param name="accept">What the phone takes instead.</param>
    public bool TryOther(bool wasCpim, IEnumerable<string> accept)
    {
        if (wasCpim)
            return _refusedCpim = true;
        Learn([], accept);
        return Cpim;
    }
}
