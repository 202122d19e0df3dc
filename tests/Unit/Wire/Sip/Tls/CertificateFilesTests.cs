using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Tests.Unit.Wire.Sip.Tls;

/// <summary>Whoever sets a certificate is told which of its files is wrong, and how.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("interop-files-");
    private readonly TestAuthority _authority = new();

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        var good = Good();
        Assert.Equal("Certificate", Fault(good with { Certificate = "/nowhere.pem" }).Setting);
        Assert.Equal("Key", Fault(good with { Key = "/nowhere.key" }).Setting);
        Assert.Equal("PasswordFile", Fault(good with { PasswordFile = "/nowhere" }).Setting);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told_from_no_key_at_all()
    {
        var good = Good();
        Assert.Equal(("Key", $"{Other().Key} has another private key than that of the certificate of {good.Certificate}"), Told(good with { Key = Other().Key }));
        Assert.Equal(("Key", $"{good.Certificate} has no private key for the certificate of {good.Certificate}"), Told(good with { Key = good.Certificate }));
        Assert.Equal("Certificate", Fault(good with { Key = null }).Setting);
    }

    [Fact]
    public void An_encrypted_key_wants_its_password_and_no_other()
    {
        var good = Good();
        using var certificate = X509Certificate2.CreateFromPemFile(good.Certificate, good.Key);
        using var key = certificate.GetECDsaPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);
        var encrypted = good with { Key = Write("encrypted.key", key.ExportEncryptedPkcs8PrivateKeyPem("right", parameters)) };

        Assert.Equal(("Key", $"{encrypted.Key} has an encrypted private key: PasswordFile must name the file with its password"), Told(encrypted));
        var wrong = Write("wrong", "wrong\n");
        Assert.Equal(("Key", $"{encrypted.Key} has a private key that the password of {wrong} does not open"), Told(encrypted with { PasswordFile = wrong }));
        Assert.NotNull((encrypted with { PasswordFile = Write("right", "right\r\nsecond line") }).TryLoad(out _));
    }

    [Fact]
    public void A_pkcs12_file_wants_its_password_and_no_other()
    {
        var pfx = _authority.AsPkcs12(_authority.Issue("bob"), "right").Files;
        var wrong = Write("wrong", "wrong\n");
        Assert.Equal(("PasswordFile", $"the password of {wrong} does not open {pfx.Certificate}"), Told(pfx with { PasswordFile = wrong }));
        Assert.Equal(("Certificate", $"{pfx.Certificate} has a password: PasswordFile must name the file with it"), Told(pfx with { PasswordFile = null }));
        Assert.NotNull(pfx.TryLoad(out _));
        Assert.Equal("Certificate", Fault(new CertificateFiles(Write("noise", "noise"))).Setting);
    }

    [Fact]
    public void One_that_has_expired_is_served_so_that_a_hub_comes_back_with_it() =>
        Assert.NotNull(_authority.Issue("late", ["hub.example"], until: TimeProvider.System.GetUtcNow().AddHours(-1)).Files.TryLoad(out _));

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private CertificateFiles Good() => _authority.Issue("good", ["hub.example"]).Files;

    private CertificateFiles Other() => _authority.Issue("other", ["hub.example"]).Files;

    private static CertificateFault Fault(CertificateFiles files)
    {
        Assert.Null(files.TryLoad(out var fault));
        return fault!;
    }

    private static (string Setting, string Text) Told(CertificateFiles files) => Fault(files) is var fault ? (fault.Setting, fault.Text) : default;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
