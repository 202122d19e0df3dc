using Interop.Hub.Contracts.Ids;
using Microsoft.AspNetCore.Identity;

namespace Interop.Console.Host.SignIn;

/// <summary>What proves that somebody is a person of an agency; who that person is, the directory says.</summary>
/// <remarks>Its user name is the agency and the person's id, so that a change of e-mail needs no change here.</remarks>
internal sealed class Credential : IdentityUser
{
    /// <summary>The hash that the provisioning file set last; the same password in the file again changes nothing.</summary>
    public string? ProvisionedHash { get; set; }

    public static string NameOf(AgencyId agency, string person) => $"{agency.Value}/{person}";
}
