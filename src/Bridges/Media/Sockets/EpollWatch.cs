using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Sockets;

/// <summary>epoll(7): one question costs about as much as asking a single socket, however many are quiet.</summary>
/// <remarks>
/// Level-triggered, so that what is left in a socket is told again with the next question. Where the system can, the first datagrams
/// of all connected sockets are taken out of them by one call, and lie ready when their receivers ask for them.
/// </remarks>
internal sealed partial class EpollWatch : ISocketWatch
{
    private const int OnExecute = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlDelete = 2;
    private const uint Readable = 1;

    // struct epoll_event is packed on x86 and nowhere else.
    private static readonly int s_dataAt = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int s_eventSize = s_dataAt + sizeof(ulong);

    private readonly int _epoll;
    private readonly Uring? _uring = Uring.TryOpen();
    private readonly UdpDatagramSocket[] _staged = new UdpDatagramSocket[Uring.Most];
    private readonly List<Watched> _slots = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<IDatagramSocket, int> _slotOf = [];
    private byte[] _events = new byte[16 * s_eventSize];
    private Watched[] _ready = new Watched[16];

    /// <exception cref="Win32Exception">The system has no file descriptor left.</exception>
    public EpollWatch()
    {
        _epoll = EpollCreate(OnExecute);
        if (_epoll < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    public void Add(IDatagramSocket socket, IReceiver receiver)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _slots.Count;
            _slots.Add(default);
        }

        if (_slots.Count > _ready.Length)
        {
            Array.Resize(ref _ready, 2 * _ready.Length);
            Array.Resize(ref _events, 2 * _events.Length);
        }

        _slots[slot] = new Watched(socket, receiver);
        _slotOf.Add(socket, slot);
        Span<byte> interest = stackalloc byte[16];
        MemoryMarshal.Write(interest, Readable);
        MemoryMarshal.Write(interest[s_dataAt..], (ulong)slot);
        if (Control(ControlAdd, socket, interest) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        Forget(socket, slot);
        throw new Win32Exception(error);
    }

    public void Remove(IDatagramSocket socket)
    {
        if (!_slotOf.TryGetValue(socket, out var slot)) return;
        Span<byte> ignored = stackalloc byte[16];
        _ = Control(ControlDelete, socket, ignored);
        Forget(socket, slot);
    }

    public ReadOnlySpan<Watched> Ready()
    {
        var count = EpollWait(_epoll, _events, _ready.Length, timeout: 0);
        // EINTR at most: the next question, 2.5 ms later, brings the same.
        if (count <= 0) return default;
        for (var i = 0; i < count; i++) _ready[i] = _slots[(int)MemoryMarshal.Read<ulong>(_events.AsSpan((i * s_eventSize) + s_dataAt))];
        if (_uring is not null) Stage(_uring, _ready.AsSpan(0, count));
        return _ready.AsSpan(0, count);
    }

    public void Dispose()
    {
        _uring?.Dispose();
        _ = Close(_epoll);
    }

    private void Stage(Uring uring, ReadOnlySpan<Watched> ready)
    {
        foreach (var watched in ready)
        {
            if (watched.Socket is not UdpDatagramSocket { IsConnected: true } socket) continue;
            _staged[uring.Count] = socket;
            uring.AddReceive(socket.Handle);
            // The memory is theirs until they have been asked.
            if (uring.Count == Uring.Most) break;
        }

        var lengths = uring.Submit();
        // What could not be taken is -1 there, whatever a faulty receiver left of the last time.
        for (var i = 0; i < lengths.Length; i++) _staged[i].Stage(uring, i, lengths[i]);
    }

    private void Forget(IDatagramSocket socket, int slot)
    {
        _slotOf.Remove(socket);
        _slots[slot] = default;
        _free.Push(slot);
    }

    private int Control(int operation, IDatagramSocket socket, ReadOnlySpan<byte> interest) =>
        EpollControl(_epoll, operation, ((UdpDatagramSocket)socket).Handle, interest);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollControl(int epoll, int operation, int socket, ReadOnlySpan<byte> interest);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollWait(int epoll, Span<byte> events, int most, int timeout);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int epoll);
}
