using System.Security.Cryptography;

namespace Interop.Hub.Grains;

/// <summary>Where the hub's randomness comes from, so that a test can replace it.</summary>
internal sealed class RandomSource(Func<int, int, int> next)
{
    public static RandomSource Secure { get; } = new(RandomNumberGenerator.GetInt32);

    /// <summary>A number from one on and below another.</summary>
    public int Next(int from, int below) => next(from, below);
}
