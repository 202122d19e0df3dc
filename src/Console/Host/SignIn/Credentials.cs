using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Microsoft.AspNetCore.Identity;

namespace Interop.Console.Host.SignIn;

/// <summary>Sets and checks passwords.</summary>
internal sealed class Credentials(UserManager<Credential> users, SignInManager<Credential> signIn, IPasswordHasher<Credential> hasher)
{
    private static readonly Credential Nobody = new();

    /// <summary>A well-formed hash that nobody knows a password for, at today's cost.</summary>
    private static string? s_decoy;

    public async Task<bool> Exists(AgencyId agency, string person) =>
        await users.FindByNameAsync(Credential.NameOf(agency, person)) is not null;

    /// <summary>What is wrong with a password that somebody chose; null when nothing is.</summary>
    public static Refusal? Weak(string? password) =>
        password is { Length: >= SignInOptions.PasswordLength and <= 256 }
            ? null
            : new Refusal(RefusalKind.Invalid, "password.weak", $"A password has {SignInOptions.PasswordLength} to 256 characters; a sentence is easy to remember.", "password");

    /// <summary>Sets the password that somebody chose.</summary>
    public Task Set(AgencyId agency, string person, string password) =>
        Store(agency, person, hasher.HashPassword(Nobody, password), provisioned: false);

    /// <summary>Sets a password from the provisioning file, unless the file set this very one before.</summary>
    /// <returns>True when something changed.</returns>
    public async Task<bool> Provision(AgencyId agency, string person, string? password, string? hash)
    {
        var known = (await users.FindByNameAsync(Credential.NameOf(agency, person)))?.ProvisionedHash;
        var same = known is not null && (password is null
            ? hash == known
            : hasher.VerifyHashedPassword(Nobody, known, password) != PasswordVerificationResult.Failed);
        if (same)
            return false;
        await Store(agency, person, hash ?? hasher.HashPassword(Nobody, password!), provisioned: true);
        return true;
    }

    /// <summary>The stored hash, for an export.</summary>
    public async Task<string?> HashOf(AgencyId agency, string person) =>
        (await users.FindByNameAsync(Credential.NameOf(agency, person)))?.PasswordHash;

    /// <summary>Whether the password is that person's, with the same work for somebody who does not exist or is locked out.</summary>
    public async Task<bool> Check(AgencyId agency, string? person, string password)
    {
        var credential = person is null ? null : await users.FindByNameAsync(Credential.NameOf(agency, person));
        if (credential is not null && !await users.IsLockedOutAsync(credential))
            return (await signIn.CheckPasswordSignInAsync(credential, password, lockoutOnFailure: true)).Succeeded;
        hasher.VerifyHashedPassword(Nobody, s_decoy ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString()), password);
        return false;
    }

    private async Task Store(AgencyId agency, string person, string hash, bool provisioned)
    {
        var name = Credential.NameOf(agency, person);
        var known = await users.FindByNameAsync(name);
        var credential = known ?? new Credential { UserName = name };
        credential.PasswordHash = hash;
        if (provisioned)
            credential.ProvisionedHash = hash;
        await users.SetLockoutEndDateAsync(credential, null);
        var result = known is null ? await users.CreateAsync(credential) : await users.UpdateAsync(credential);
        if (!result.Succeeded)
            throw new InvalidOperationException($"The credential of {name} was not stored: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
    }
}
