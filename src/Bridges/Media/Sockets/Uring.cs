using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Sockets;

/// <summary>Hands the system many sends or receives in one call (io_uring(7)), each at a socket of its own.</summary>
/// <remarks>
/// Nothing is asynchronous: whatever is submitted says MSG_DONTWAIT, so the system has done with all of it when the call returns, and
/// results are read at once. One owner; nothing is allocated after it is made. ADR 17 has what it saves.
/// </remarks>
internal sealed unsafe partial class Uring : IDisposable
{
    /// <summary>How many fit into one call.</summary>
    public const int Most = 256;

    /// <summary>The longest datagram: what Ethernet carries.</summary>
    public const int Longest = 1536;

    // linux/io_uring.h
    private const int SetupNumber = 425;
    private const int EnterNumber = 426;
    private const byte Send = 26;
    private const byte Receive = 27;

    // IORING_FEAT_SINGLE_MMAP, and IORING_FEAT_FAST_POLL of Linux 5.7, one after the first that sends and receives.
    private const int Needed = 1 | (1 << 5);
    private const int EnterGetEvents = 1;
    private const long SubmissionsAt = 0x10000000;
    private const int EntrySize = 64;
    private const int CompletionSize = 16;
    private const int DontWait = 0x40;
    private const int Truncate = 0x20;
    private const int ReadWrite = 3;
    private const int SharedPopulated = 0x8001;

    private readonly int _ring;
    private readonly nuint _ringLength;
    private readonly byte* _rings;
    private readonly byte* _entries;
    private readonly Parameters _at;
    private readonly byte[] _memory = GC.AllocateUninitializedArray<byte>(Most * Longest, pinned: true);
    private readonly byte* _start;
    private readonly int[] _results = new int[Most];
    private bool _disposed;

    private Uring(int ring, in Parameters at, byte* rings, nuint ringLength, byte* entries)
    {
        (_ring, _at, _ringLength) = (ring, at, ringLength);
        _rings = rings;
        _entries = entries;
        _start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        for (var i = 0; i < at.SubmissionEntries; i++) *(int*)(rings + at.SubmissionArray + (i * sizeof(int))) = i;
    }

    /// <summary>Those that wait for <see cref="Submit"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Null where the system has none, or does not let us.</summary>
    public static Uring? TryOpen()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var at = default(Parameters);
        var ring = (int)SystemCall(SetupNumber, Most, (nint)(&at), 0, 0, 0, 0);
        if (ring < 0) return null;
        var length = (nuint)Math.Max(at.SubmissionArray + (at.SubmissionEntries * sizeof(int)), at.Completions + (at.CompletionEntries * CompletionSize));
        var rings = (at.Features & Needed) != Needed ? -1 : Map(0, length, ReadWrite, SharedPopulated, ring, 0);
        var entries = rings == -1 ? -1 : Map(0, (nuint)(at.SubmissionEntries * EntrySize), ReadWrite, SharedPopulated, ring, SubmissionsAt);
        if (entries != -1) return new Uring(ring, at, (byte*)rings, length, (byte*)entries);
        if (rings != -1) _ = Unmap(rings, length);
        _ = Close(ring);
        return null;
    }

    /// <summary>Adds a datagram to be sent to the peer of a connected socket.</summary>
    public void AddSend(int socket, ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(Memory(Count));
        Add(Send, socket, datagram.Length, DontWait);
    }

    /// <summary>Adds the taking of one datagram.</summary>
    public void AddReceive(int socket) => Add(Receive, socket, Longest, DontWait | Truncate);

    /// <summary>The memory of what was added as <paramref name="index"/>.</summary>
    public Span<byte> Memory(int index) => new(_start + (index * Longest), Longest);

    /// <summary>Has all of it done.</summary>
    /// <returns>For each in its order the octets, or the error's number, negative.</returns>
    public ReadOnlySpan<int> Submit()
    {
        var count = Count;
        if (count == 0) return default;
        Count = 0;
        _results.AsSpan(0, count).Fill(-Interrupted);
        ref var tail = ref *(int*)(_rings + _at.SubmissionTail);
        var end = tail + count;
        Volatile.Write(ref tail, end);
        var submitted = 0;
        while (submitted < count)
        {
            var taken = (int)SystemCall(EnterNumber, _ring, count - submitted, count - submitted, EnterGetEvents, 0, 0);
            if (taken > 0) submitted += taken;
            else if (Marshal.GetLastPInvokeError() is not Interrupted) break;
        }

        // What was not taken must never be: its memory is the next batch's.
        if (submitted < count) Volatile.Write(ref tail, end - (count - submitted));
        Collect();
        return _results.AsSpan(0, count);
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear() => Count = 0;

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _ = Unmap((nint)_entries, (nuint)(_at.SubmissionEntries * EntrySize));
        _ = Unmap((nint)_rings, _ringLength);
        _ = Close(_ring);
    }

    private void Add(byte operation, int socket, int length, int flags)
    {
        var tail = *(int*)(_rings + _at.SubmissionTail) + Count;
        var entry = _entries + ((tail & *(int*)(_rings + _at.SubmissionMask)) * EntrySize);
        new Span<byte>(entry, EntrySize).Clear();
        entry[0] = operation;
        *(int*)(entry + 4) = socket;
        *(byte**)(entry + 16) = _start + (Count * Longest);
        *(int*)(entry + 24) = length;
        *(int*)(entry + 28) = flags;
        *(long*)(entry + 32) = Count++;
    }

    private void Collect()
    {
        var head = *(int*)(_rings + _at.CompletionHead);
        var tail = Volatile.Read(ref *(int*)(_rings + _at.CompletionTail));
        for (; head != tail; head++)
        {
            var completion = _rings + _at.Completions + ((head & *(int*)(_rings + _at.CompletionMask)) * CompletionSize);
            _results[*(long*)completion] = *(int*)(completion + 8);
        }

        Volatile.Write(ref *(int*)(_rings + _at.CompletionHead), head);
    }

    private const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);

    /// <summary>struct io_uring_params: what is asked for, and where in the mapped memory the two rings' fields lie.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 120)]
    private struct Parameters
    {
        [FieldOffset(0)] public int SubmissionEntries;
        [FieldOffset(4)] public int CompletionEntries;
        [FieldOffset(20)] public int Features;
        [FieldOffset(44)] public int SubmissionTail;
        [FieldOffset(48)] public int SubmissionMask;
        [FieldOffset(64)] public int SubmissionArray;
        [FieldOffset(80)] public int CompletionHead;
        [FieldOffset(84)] public int CompletionTail;
        [FieldOffset(88)] public int CompletionMask;
        [FieldOffset(100)] public int Completions;
    }
}
