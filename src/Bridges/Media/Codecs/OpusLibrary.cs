using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Codecs;

/// <summary>The functions of libopus (1.1 or newer) that are used, and whether they are there.</summary>
/// <remarks>
/// An optional library: a node without it offers no Opus and lacks nothing else. The <c>ctl</c> functions are variadic in C;
/// on Linux an integer argument goes the same way with and without that, elsewhere not, so it is loaded on Linux alone.
/// </remarks>
internal static partial class OpusLibrary
{
    private const string Name = "libopus.so.0";

    public const int Voice = 2048;
    public const int SetBitrate = 4002;
    public const int SetVariableBitrate = 4006;
    public const int SetComplexity = 4010;
    public const int SetInBandCorrection = 4012;
    public const int SetExpectedLoss = 4014;

    /// <summary>Whether Opus can be offered.</summary>
    public static bool IsLoaded { get; } =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Name, typeof(OpusLibrary).Assembly, DllImportSearchPath.SafeDirectories, out _);

    [LibraryImport(Name, EntryPoint = "opus_encoder_get_size")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EncoderSize(int channels);

    [LibraryImport(Name, EntryPoint = "opus_encoder_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int InitEncoder(ref byte state, int rate, int channels, int application);

    [LibraryImport(Name, EntryPoint = "opus_encoder_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ControlEncoder(ref byte state, int request, int value);

    [LibraryImport(Name, EntryPoint = "opus_encode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Encode(ref byte state, ref readonly short samples, int frame, ref byte payload, int room);

    [LibraryImport(Name, EntryPoint = "opus_decoder_get_size")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int DecoderSize(int channels);

    [LibraryImport(Name, EntryPoint = "opus_decoder_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int InitDecoder(ref byte state, int rate, int channels);

    /// <summary>Decodes; a null payload conceals a loss, and <paramref name="correct"/> = 1 makes the payload before this one of what this one tells of it.</summary>
    [LibraryImport(Name, EntryPoint = "opus_decode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Decode(ref byte state, ref readonly byte payload, int length, ref short samples, int frame, int correct);
}
