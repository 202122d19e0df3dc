using System.Collections.Concurrent;
using System.Net;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Tests.Unit.Wire.Sip.Targets;

/// <summary>A name server that says what a test wrote, and counts what it is asked.</summary>
internal sealed class FakeDns : ISipResolver
{
    private readonly Dictionary<string, IReadOnlyList<IPAddress>> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<SipService>> _services = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, IReadOnlyList<SipPointer>> _pointers = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<string> Asked { get; } = new();

    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsDown { get; set; }

    public FakeDns Host(string name, params string[] addresses)
    {
        _hosts[name] = [.. addresses.Select(IPAddress.Parse)];
        return this;
    }

    public FakeDns Pointer(string name, params SipPointer[] pointers)
    {
        _pointers[name] = pointers;
        return this;
    }

    public FakeDns Service(string name, params SipService[] services)
    {
        _services[name] = services;
        return this;
    }

    public ValueTask<SipRecords<IPAddress>?> AddressesAsync(string host, CancellationToken cancellation) => Answer(host, _hosts);

    public ValueTask<SipRecords<SipPointer>?> PointersAsync(string domain, CancellationToken cancellation) => Answer(domain, _pointers, "NAPTR ");

    public ValueTask<SipRecords<SipService>?> ServicesAsync(string name, CancellationToken cancellation) => Answer(name, _services);

    private ValueTask<SipRecords<T>?> Answer<T>(string name, Dictionary<string, IReadOnlyList<T>> records, string kind = "")
    {
        Asked.Enqueue($"{kind}{name}");
        return ValueTask.FromResult(IsDown ? null : new SipRecords<T>(records.GetValueOrDefault(name, []), TimeToLive));
    }
}
