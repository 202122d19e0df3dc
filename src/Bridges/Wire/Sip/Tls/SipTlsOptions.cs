namespace Interop.Bridges.Wire.Sip.Tls;

/// <summary>Our certificate, and whose certificates we trust. The files are read again when they change.</summary>
public sealed record SipTlsOptions
{
    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = 5061;

    /// <summary>The path of our certificate: PEM, followed by its intermediates, or PKCS #12. It is shown to callers and to whom we call.</summary>
    public required string Certificate { get; init; }

    /// <summary>The path of its private key in PEM; null when the certificate's file holds it.</summary>
    public string? Key { get; init; }

    /// <summary>The path of a file whose first line is the password of the key or of the PKCS #12 file.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The path of the PEM certificates that peers' certificates must come from; null trusts the system's.</summary>
    public string? Authorities { get; init; }

    /// <summary>The files of the certificate.</summary>
    public CertificateFiles Files => new(Certificate, Key, PasswordFile);

    /// <summary>How often it is looked whether the files have changed, at most.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with these settings and the files that they name; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Port is < 0 or > 65535) errors.Add($"TLS port {Port} is outside 0 to 65535");
        if (Fault() is { } fault) errors.Add(fault.Text);
        return errors;
    }

    /// <summary>What is wrong with the files; null when nothing is.</summary>
    public CertificateFault? Fault() => TlsMaterial.TryLoad(this, out var fault) is null ? fault : null;
}
