using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interop.Console.Demo.Provisioning;
using Interop.Console.Demo.Script;
using Interop.Console.Host.Provisioning;
using Interop.Hub.Contracts.Directory;
using Xunit;

namespace Interop.Tests.Unit.Demo;

public sealed class HartfordProvisioningTests
{
    private static readonly HartfordProvisioning s_made = HartfordProvisioning.Make(RandomNumberGenerator.Create());
    private static readonly ProvisioningFile s_file = ProvisioningReader.Read(s_made.Document.Span).File;

    [Fact]
    public void It_reads_without_an_error()
    {
        Assert.Empty(ProvisioningReader.Read(s_made.Document.Span).Errors);
        Assert.Empty(s_file.Orphans(DirectorySnapshot.Empty));
    }

    [Fact]
    public void It_has_the_agencies_of_the_first_customer_at_every_level()
    {
        string[] agencies = ["atf", "csp", "ctic", "dea", "ehpd", "fbi", "hpd", "hsi", "nehidta", "usao"];
        Assert.Equal(agencies, All<AgencyEntry>().Select(agency => agency.Id).Order(StringComparer.Ordinal));
        Assert.Equal([AgencyLevel.City, AgencyLevel.State, AgencyLevel.Federal], All<AgencyEntry>().Select(agency => agency.Level).Distinct());
    }

    [Fact]
    public void The_sensor_s_secret_is_new_each_time_and_only_its_hash_is_written()
    {
        var again = HartfordProvisioning.Make(RandomNumberGenerator.Create());
        var token = Assert.Single(All<TokenEntry>());

        Assert.NotEqual(s_made.SensorToken, again.SensorToken);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(s_made.SensorToken))), token.SecretHash);
        Assert.Equal(Interop.Hub.Contracts.Role.Integration, token.Role);
        Assert.DoesNotContain(s_made.SensorToken, Encoding.UTF8.GetString(s_made.Document.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_phone_s_address_proves_exactly_one_agency()
    {
        var networks = All<TrunkEntry>().SelectMany(trunk => trunk.From).Select(from => IPNetwork.Parse(from)).ToList();
        Assert.All(Hartford.Exercise.Phones, phone => Assert.Single(networks, network => network.Contains(phone.Address)));
    }

    [Fact]
    public void Each_radio_stands_at_the_far_end_of_a_channel_s_gateway()
    {
        Assert.All(Hartford.Exercise.Radios, radio =>
        {
            var gateway = Assert.Single(All<ChannelEntry>(), channel => channel.Id == radio.Id).Gateway;
            Assert.Equal(radio.Speaks.ToString(), gateway.Receive);
            Assert.Equal(radio.Hears.ToString(), gateway.Transmit);
        });
    }

    [Fact]
    public void The_playbook_takes_what_the_sensor_reports_and_asks_every_other_agency_in()
    {
        var playbook = Assert.Single(All<PlaybookEntry>());
        Assert.Equal(Hartford.Exercise.Sensor.Event, playbook.When.Event);
        Assert.Equal(9, playbook.Open.Invite.Count);
        Assert.Contains("patrol-north", playbook.Open.Share);
    }

    [Fact]
    public void The_standing_room_is_the_one_that_the_script_calls_its_floor() =>
        Assert.Equal(Hartford.Floor, Assert.Single(s_file.Rooms).Code.Value);

    private static IEnumerable<T> All<T>()
        where T : DirectoryEntry => s_file.Entries.Select(owned => owned.Entry).OfType<T>();
}
