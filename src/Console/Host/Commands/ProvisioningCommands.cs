using System.CommandLine;
using System.Net.Http.Headers;
using Interop.Console.Host.Provisioning;
using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Commands;

/// <summary><c>interop provisioning</c>: a file is checked before it is used, and written from what there is.</summary>
internal static class ProvisioningCommands
{
    /// <summary>From the environment, because everybody on the machine can read a command line.</summary>
    private const string TokenVariable = "INTEROP_TOKEN";

    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "The provisioning file." };
        var check = new Command("check", "Reports everything that is wrong with a file, and applies nothing.") { file };
        check.SetAction(result => Check(result.GetRequiredValue(file)));
        var url = new Option<string>("--url") { Description = "The console of a running node.", DefaultValueFactory = static _ => "http://localhost:8080" };
        var export = new Command("export", $"Writes an agency as a provisioning file, secrets as hashes; an administrator's token is taken from {TokenVariable}.") { url };
        export.SetAction((result, cancel) => Export(result.GetRequiredValue(url), cancel));
        return new Command("provisioning", "Agencies, people, resources and rooms as a file.") { check, export };
    }

    private static int Check(string path)
    {
        var (file, errors) = ProvisioningFile.Load(path);
        ProvisioningError[] all = [.. errors, .. errors.Count == 0 ? file.Orphans(DirectorySnapshot.Empty) : []];
        if (all.Length > 0)
            return CommandLine.Refuse($"{path} has {all.Length} errors:", [.. all.Select(error => error.ToString())]);
        System.Console.WriteLine($"OK: {file.Entries.Count} entries and {file.Rooms.Count} standing rooms.");
        return 0;
    }

    private static async Task<int> Export(string url, CancellationToken cancel)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            return CommandLine.Refuse("Nothing was exported:", [$"{TokenVariable} must hold the token of an administrator."]);
        try
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.GetAsync(new Uri($"{url.TrimEnd('/')}/api/provisioning"), cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            if (!response.IsSuccessStatusCode)
                return CommandLine.Refuse("Nothing was exported:", [$"{(int)response.StatusCode} {text}"]);
            System.Console.WriteLine(text);
            return 0;
        }
        catch (Exception failure) when (failure is HttpRequestException or UriFormatException)
        {
            return CommandLine.Refuse("Nothing was exported:", [failure.Message]);
        }
    }
}
