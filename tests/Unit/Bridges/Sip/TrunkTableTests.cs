using System.Net;
using Interop.Bridges.Sip.Trunks;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class TrunkTableTests
{
    private static readonly TrunkTable Table = new(new DirectorySnapshot(
        1,
        [
            new AgencyDirectory(new AgencyId("hpd"), 1, [new TrunkEntry("wide", ["10.0.0.0/8"]), new TrunkEntry("six", ["fd00::/8"])]),
            new AgencyDirectory(new AgencyId("ctic"), 1, [new TrunkEntry("narrow", ["10.1.0.0/16"])]),
        ]));

    [Theory]
    [InlineData("10.1.2.3", "ctic", "narrow")]
    [InlineData("10.2.2.3", "hpd", "wide")]
    [InlineData("::ffff:10.1.2.3", "ctic", "narrow")]
    [InlineData("fd00::1", "hpd", "six")]
    public void The_narrowest_network_names_the_agency(string address, string agency, string trunk) =>
        Assert.Equal((new AgencyId(agency), trunk), (Table.Find(IPAddress.Parse(address))?.Agency, Table.Find(IPAddress.Parse(address))?.Entry.Id));

    [Fact]
    public void An_address_of_no_trunk_proves_nothing() => Assert.Null(Table.Find(IPAddress.Parse("192.0.2.1")));
}
