using System.Runtime.CompilerServices;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Xunit;

namespace Interop.Tests.Unit.Web;

/// <summary>Holds the console's types to the hub's.</summary>
public sealed class ContractsTests
{
    /// <summary>What crosses to the console; what these hold follows by itself.</summary>
    private static readonly Type[] Sent =
    [
        typeof(RoomSummary), typeof(RoomSnapshot), typeof(RoomDelta), typeof(AlertSummary), typeof(RecordLine),
        typeof(AgencyEntry), typeof(PersonEntry), typeof(Role), typeof(RecordedSegment), typeof(LinkOffer),
    ];

    [Fact]
    public void Types_of_the_console_are_those_of_the_contracts()
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Console/web/src/realtime/contracts.ts");
        var expected = ContractsWriter.Write(Sent);
        if (Environment.GetEnvironmentVariable("INTEROP_WRITE_CONTRACTS") == "1")
            File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
