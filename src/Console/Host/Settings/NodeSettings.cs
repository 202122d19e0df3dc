using Interop.Bridges.Core.Attendant;
using Interop.Bridges.WebRtc;
using Interop.Console.Host.Alerts;
using Interop.Console.Host.Cluster;
using Interop.Console.Host.Https;
using Interop.Console.Host.Provisioning;
using Interop.Console.Host.SignIn;
using Interop.Hub.Grains.Dialling;

namespace Interop.Console.Host.Settings;

/// <summary>Every setting of a node, read and checked before anything starts.</summary>
internal sealed record NodeSettings(
    WebOptions Web,
    DataOptions Data,
    LocalNames LocalNames,
    VoiceSettings Voice,
    RelayOptions Relays,
    AttendantOptions Attendant,
    ProvisioningOptions Provisioning,
    SignInOptions SignIn,
    AlertIntakeOptions Alerts,
    DiallingOptions Dialling,
    RecordingSettings Recording,
    ClusterSettings? Cluster)
{
    private static readonly string[] Sections = ["Data", "Sip", "Media", "Voice", "Provisioning", "SignIn", "Alerts", "Dialling", "Recording", "Console", "Kestrel", "Turn", "Cluster"];

    /// <summary>Reads the settings; they hold only when there is no error.</summary>
    public static (NodeSettings Settings, IReadOnlyList<string> Errors) Read(IConfiguration configuration, string dataDirectory = DataOptions.DefaultDirectory)
    {
        var reader = new SettingsReader(configuration);
        var data = DataOptions.Read(reader, dataDirectory);
        var settings = new NodeSettings(
            WebOptions.Read(reader, data),
            data,
            HttpsOptions.ReadNames(reader),
            VoiceSettings.Read(reader, data),
            RelaySettings.Read(reader),
            AttendantSettings.Read(reader),
            ProvisioningOptions.Read(reader),
            SignInOptions.Read(reader),
            AlertIntakeOptions.Read(reader),
            DiallingSettings.Read(reader),
            RecordingSettings.Read(reader, data),
            ClusterSettings.Read(reader, data));
        reader.RefuseUnknown(Sections);
        return (settings, reader.Errors);
    }
}
