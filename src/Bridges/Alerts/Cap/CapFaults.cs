using System.Xml;

namespace Interop.Bridges.Alerts.Cap;

/// <summary>Gathers what is wrong with one document, so that its sender learns all of it at once.</summary>
internal sealed class CapFaults
{
    private readonly List<AlertFault> _faults = [];

    public bool Any => _faults.Count > 0;

    public IReadOnlyList<AlertFault> All => _faults;

    public void Add(string path, IXmlLineInfo at, string text)
    {
        if (_faults.Count < AlertLimits.Faults)
            _faults.Add(new AlertFault(path, at.LineNumber, text));
    }
}
