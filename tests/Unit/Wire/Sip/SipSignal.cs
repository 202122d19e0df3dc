using System.Threading.Channels;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Values that one side produces and a test awaits in order.</summary>
internal sealed class SipSignal<T>
{
    private readonly Channel<T> _values = Channel.CreateUnbounded<T>();

    public void Set(T value) => _values.Writer.TryWrite(value);

    public Task<T> NextAsync() => _values.Reader.ReadAsync().AsTask();
}
