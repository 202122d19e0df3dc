using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>The UDP socket: one receive loop, sends from any thread.</summary>
internal sealed class UdpTransport(Socket socket, SocketContext context) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private long _stunSecond;
    private int _stunAnswers;

    public IPEndPoint Local { get; } = (IPEndPoint)socket.LocalEndPoint!;

    public void Start() => _loop = Task.Run(ReceiveAsync);

    public bool TrySend(ReadOnlyMemory<byte> octets, IPEndPoint remote)
    {
        try
        {
            socket.SendTo(octets.Span, SocketFlags.None, remote);
            return true;
        }
        catch (SocketException failure)
        {
            SipLog.SocketFailed(context.Log, failure.SocketErrorCode.ToString());
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Gives the port back before anything was started.</summary>
    public void Abandon() => socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        socket.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(65_536, pinned: true);
        var from = new SocketAddress(Local.AddressFamily);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _stop.Token);
                if (IsKeepAlive(buffer.AsSpan(0, length))) continue;
                var remote = (IPEndPoint)Local.Create(from);
                if (StunResponder.IsStun(buffer.AsSpan(0, length)))
                {
                    AnswerStun(buffer.AsSpan(0, length), remote);
                    continue;
                }

                context.Receiver.OnMessage(buffer.AsSpan(0, length), new SipSource(SipTransportKind.Udp, remote, Local));
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure)
            {
                // An ICMP error for something sent earlier; the socket itself is sound.
                SipLog.SocketFailed(context.Log, failure.SocketErrorCode.ToString());
            }
        }
    }

    private void AnswerStun(ReadOnlySpan<byte> request, IPEndPoint remote)
    {
        if (context.Time.GetElapsedTime(_stunSecond) > TimeSpan.FromSeconds(1)) (_stunSecond, _stunAnswers) = (context.Time.GetTimestamp(), 0);
        if (++_stunAnswers > context.Limits.StunPerSecond)
        {
            context.Metrics.Dropped("stun_limit");
            return;
        }

        Span<byte> answer = stackalloc byte[StunResponder.AnswerBytes];
        var length = StunResponder.Answer(request, remote, answer);
        if (length > 0) socket.SendTo(answer[..length], SocketFlags.None, remote);
    }

    /// <summary>Line breaks and NULs keep a NAT binding open and ask for nothing.</summary>
    private static bool IsKeepAlive(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExcept("\r\n\0"u8);
}
