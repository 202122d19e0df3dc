using Interop.Console.Host.Settings;

namespace Interop.Console.Host.SignIn;

/// <summary>How sign-in is kept from being guessed at.</summary>
/// <param name="AttemptsPerMinute">From one address, over all accounts; the lock-out counts per account.</param>
/// <param name="SessionHours">A session ends so long after its last use.</param>
internal sealed record SignInOptions(int AttemptsPerMinute, int SessionHours)
{
    public const int PasswordLength = 12;

    public const int FailuresToLockOut = 5;

    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    /// <summary>A one-time link is good for so long.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    public static SignInOptions Read(SettingsReader reader) => new(
        reader.Number("SignIn:AttemptsPerMinute", 20, 1, 100_000),
        reader.Number("SignIn:SessionHours", 12, 1, 720));
}
