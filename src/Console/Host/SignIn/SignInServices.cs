using System.Threading.RateLimiting;
using Interop.Console.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Interop.Console.Host.SignIn;

/// <summary>People by cookie, programs by token.</summary>
internal static class SignInServices
{
    /// <summary>The session cookie.</summary>
    public const string CookieName = "interop";

    /// <summary>The rate limit of everything that takes a password or a link.</summary>
    public const string RateLimit = "sign-in";

    /// <summary>The scheme of the cookie, and of a principal that signs in.</summary>
    public const string CookieScheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string EitherScheme = "cookie-or-bearer";

    /// <summary>OWASP's figure for PBKDF2 with SHA-512.</summary>
    private const int HashIterations = 210_000;

    public static IServiceCollection AddSignIn(this IServiceCollection services, SignInOptions options, DataOptions data)
    {
        services.AddSingleton(options).AddSingleton<Actors>().AddSingleton<ApiTokens>();
        services.AddScoped<OneTimeLinks>().AddScoped<Credentials>().AddScoped<People>().AddScoped<Setup>();
        services.AddIdentityStorage(data);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        services.AddIdentityCore<Credential>(Identity).AddEntityFrameworkStores<CredentialDb>().AddSignInManager();
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, either => either.ForwardDefaultSelector =
                static context => ApiTokenHandler.IsClaimed(context.Request) ? ApiTokenHandler.SchemeName : CookieScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null)
            .AddCookie(CookieScheme, cookie => Cookie(cookie, options));
        services.AddAuthorization();
        services.AddRateLimiter(limiter => limiter.AddPolicy(RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) })));
        return services;
    }

    /// <summary>Brings the credentials' database up to date before anything asks for one.</summary>
    public static async Task PrepareSignIn(this WebApplication app, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await CredentialSchema.Bring(scope.ServiceProvider.GetRequiredService<CredentialDb>(), cancel);
    }

    private static void Identity(IdentityOptions identity)
    {
        identity.Lockout.MaxFailedAccessAttempts = SignInOptions.FailuresToLockOut;
        identity.Lockout.DefaultLockoutTimeSpan = SignInOptions.LockOut;
        // The name is agency/person, which we make ourselves; length is what makes a password strong, not its symbols.
        identity.User.AllowedUserNameCharacters = "";
        identity.Password.RequiredLength = SignInOptions.PasswordLength;
        identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
    }

    /// <summary>How every session cookie of the console is kept.</summary>
    public static void Cookie(CookieAuthenticationOptions cookie, SignInOptions options)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(options.SessionHours);
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = static context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = static context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A program asked, not a person at an address bar: the status, and not a page to sign in on.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
