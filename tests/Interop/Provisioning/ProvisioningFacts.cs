using System.Net;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;

namespace Interop.Tests.Interop.Provisioning;

/// <summary>The provisioning file is applied once for each content, and a bad one stops the start.</summary>
public sealed class ProvisioningFacts
{
    [Fact]
    public async Task A_bad_file_stops_the_start_and_all_of_its_errors_are_listed()
    {
        var printed = await HubProcess.StartRefused(new Workplace("provisioning-bad"), """
            {
              "agencies": [ { "id": "hpd", "name": "Hartford Police Department", "level": "village" } ],
              "trunks": [ { "id": "lab", "agency": "hpd", "from": ["127.0.0.0/99"] } ],
              "tokens": [ { "agency": "hpd", "role": "dispatcher", "secret": "short" } ],
              "romms": []
            }
            """);

        Assert.Contains("level", printed, StringComparison.Ordinal);
        Assert.Contains("from", printed, StringComparison.Ordinal);
        Assert.Contains("secret", printed, StringComparison.Ordinal);
        Assert.Contains("romms", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_entry_does_not_undo_what_was_closed_and_a_new_one_is_added()
    {
        var place = new Workplace("provisioning-again");
        await using var hub = await HubProcess.Start(place, LabProvisioning.Text());
        using var api = new HubApi(hub.Console, LabProvisioning.HpdToken);
        await api.Do("/api/rooms/4203/close", new { reason = "no longer needed" });
        await Until.Found("room 4203 to be closed", async () => await IsListed(api, "4203") ? null : "closed", TimeSpan.FromSeconds(20));

        await hub.Stop();
        await hub.StartAgain(LabProvisioning.Text().Replace(
            "\"rooms\": [", "\"rooms\": [ { \"code\": \"4299\", \"title\": \"Added\", \"owner\": \"hpd\", \"admits\": [] },", StringComparison.Ordinal));

        Assert.True(await IsListed(api, "4299"), "The new entry should be there.");
        Assert.True(await IsListed(api, "4201"), "The untouched room should be there.");
        Assert.False(await IsListed(api, "4203"), "The closed room should stay closed.");
    }

    private static async Task<bool> IsListed(HubApi api, string code)
    {
        var answer = await api.Get("/api/rooms");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body.EnumerateArray().Any(room => room.GetProperty("code").GetString() == code);
    }
}
