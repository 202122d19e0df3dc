using System.Text.RegularExpressions;
using Interop.Bridges.WebRtc;

namespace Interop.Console.Host.Settings;

/// <summary>The TURN servers of browsers. Without one they send straight to the hub.</summary>
internal static partial class RelaySettings
{
    private const string Uris = "Turn:Uris";

    public static RelayOptions Read(SettingsReader reader)
    {
        var options = new RelayOptions
        {
            Uris = [.. (reader.Text(Uris) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            SecretFile = reader.File("Turn:SecretFile"),
            User = reader.Text("Turn:User"),
            PasswordFile = reader.File("Turn:PasswordFile"),
            Only = reader.Flag("Turn:RelayOnly", false),
        };
        foreach (var uri in options.Uris)
            if (!TurnUri().IsMatch(uri))
                reader.Error(Uris, $"\"{uri}\" must be turn: or turns: with a host, such as turn:turn.example:3478?transport=udp.");
        if (options.Uris.Count > 0 && reader.Text("Turn:SecretFile") is null && (options.User is null || reader.Text("Turn:PasswordFile") is null))
            reader.Error(Uris, "it needs Turn:SecretFile, or Turn:User and Turn:PasswordFile.");
        if (reader.Text("Turn:SecretFile") is not null && (options.User ?? reader.Text("Turn:PasswordFile")) is not null)
            reader.Error("Turn:SecretFile", "it takes the place of Turn:User and Turn:PasswordFile; leave one of the two ways away.");
        if (options.Uris.Count == 0 && (options.Only || (reader.Text("Turn:SecretFile") ?? options.User ?? reader.Text("Turn:PasswordFile")) is not null))
            reader.Error(Uris, "it must be set where other settings of Turn are.");
        return options;
    }

    /// <summary>RFC 7065 §3.1, as far as browsers take it.</summary>
    [GeneratedRegex(@"^turns?:([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(\?transport=(udp|tcp))?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TurnUri();
}
