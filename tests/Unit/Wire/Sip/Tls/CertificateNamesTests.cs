using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Tls;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip.Tls;

/// <summary>RFC 5922 section 7.</summary>
public sealed class CertificateNamesTests
{
    [Fact]
    public void The_domains_addresses_and_sip_uris_count_and_a_uri_of_a_user_does_not() =>
        Assert.Equal(
            ["a.test", "b.test", "10.0.0.1", "::1"],
            NamesOf("a.test", "sip:b.test", "sip:user@c.test", "http://d.test/", "10.0.0.1", "::1"));

    [Fact]
    public void The_common_name_counts_only_without_other_names()
    {
        Assert.Equal(["nobody"], NamesOf());
        Assert.Equal([], NamesOf("http://d.test/"));
    }

    [Theory]
    [InlineData("a.test", "A.TEST", true)]
    [InlineData("a.test", "a.test.", true)]
    [InlineData("*.test", "a.test", false)]
    [InlineData("a.test", "b.a.test", false)]
    [InlineData("::1", "[0:0::1]", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    public void A_name_stands_for_itself_alone(string name, string host, bool proves) =>
        Assert.Equal(proves, CertificateNames.Prove([name], host));

    private static IReadOnlyList<string> NamesOf(params string[] names)
    {
        using var authority = new TestAuthority();
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(authority.Issue("x", names).Certificate);
        return CertificateNames.Of(certificate);
    }
}
