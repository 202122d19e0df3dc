namespace Interop.Bridges.Media;

/// <summary>How wide the sound of a frame is: the two rates at which a room is mixed.</summary>
internal enum Band
{
    /// <summary>Telephone sound to 3.4 kHz: 8,000 samples a second.</summary>
    Narrow,

    /// <summary>Wideband sound to 7 kHz: 16,000 samples a second.</summary>
    Wide,
}

/// <summary>The measures of the two bands.</summary>
internal static class Bands
{
    public const int Count = 2;

    /// <summary>How many samples one unit of the 8 kHz clock has.</summary>
    public static int Scale(this Band band) => band == Band.Wide ? 2 : 1;

    /// <summary>How many samples 20 ms have.</summary>
    public static int FrameSamples(this Band band) => AudioFrame.Samples * band.Scale();
}
