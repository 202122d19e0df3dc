using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Interop.Console.Host.SignIn;

/// <summary>Credentials and one-time links, and nothing else: people are in the directory.</summary>
internal sealed class CredentialDb(DbContextOptions<CredentialDb> options) : IdentityUserContext<Credential>(options)
{
    public DbSet<OneTimeLink> Links => Set<OneTimeLink>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<OneTimeLink>(link =>
        {
            link.ToTable("OneTimeLinks");
            link.HasKey(row => row.TokenHash);
            link.Ignore(row => row.AgencyId);
        });
    }
}
