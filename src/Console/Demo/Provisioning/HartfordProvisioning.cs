using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Console.Demo.Provisioning;

/// <summary>The Hartford exercise as a provisioning file, with the key of this run's sensor.</summary>
public sealed class HartfordProvisioning
{
    private const int SecretBytes = 32;

    /// <summary>What hartford.json says in place of the sensor's hash; as a hash it fits no secret that anybody has.</summary>
    private static readonly string s_placeholder = new('0', 2 * SecretBytes);

    private HartfordProvisioning(string sensorToken, byte[] document)
    {
        SensorToken = sensorToken;
        Document = document;
    }

    /// <summary>The sensor's secret: made anew at each start and kept in memory alone.</summary>
    public string SensorToken { get; }

    /// <summary>The file, in UTF-8, with the hash of the secret.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>Makes the file of one run.</summary>
    public static HartfordProvisioning Make(RandomNumberGenerator random)
    {
        var bytes = new byte[SecretBytes];
        random.GetBytes(bytes);
        var token = Convert.ToHexStringLower(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("hartford.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd().Replace(s_placeholder, hash, StringComparison.Ordinal);
        return new HartfordProvisioning(token, Encoding.UTF8.GetBytes(text));
    }
}
