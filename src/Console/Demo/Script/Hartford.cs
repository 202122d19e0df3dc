using System.Net;

namespace Interop.Console.Demo.Script;

/// <summary>The Hartford exercise; Provisioning/hartford.json holds the agencies, trunks and channels that it plays with.</summary>
internal static class Hartford
{
    public const string Floor = "4200";

    private const string Desk1 = "rtcc-1", Desk2 = "rtcc-2", Command = "command", Ctic = "ctic", Csp = "csp", Ehpd = "ehpd",
        Atf = "atf", Fbi = "fbi", Nehidta = "nehidta", Hsi = "hsi", Citywide = "citywide", Patrol = "patrol-north", Sensor = "acoustic-7";

    public static Exercise Exercise { get; } = new(
        Floor,
        [
            Phone(Desk1, "RTCC Desk 1", "127.10.1.11"),
            Phone(Desk2, "RTCC Desk 2", "127.10.1.12"),
            Phone(Command, "Incident Command", "127.10.1.21"),
            Phone(Ctic, "CTIC Watch Floor", "127.10.2.11"),
            Phone(Csp, "CSP Troop H", "127.10.3.11"),
            Phone(Ehpd, "East Hartford Dispatch", "127.10.4.11"),
            Phone(Atf, "ATF Duty Agent", "127.10.5.11"),
            Phone(Fbi, "FBI New Haven Duty", "127.10.6.11"),
            Phone(Nehidta, "NEHIDTA Watch Center", "127.10.7.11"),
            Phone(Hsi, "HSI Duty Officer", "127.10.8.11"),
        ],
        [
            new(Citywide, IPEndPoint.Parse("127.10.1.201:5004"), IPEndPoint.Parse("127.10.1.200:5004")),
            new(Patrol, IPEndPoint.Parse("239.10.7.2:5004"), IPEndPoint.Parse("239.10.7.1:5004")),
        ],
        new(Sensor, "gunshot", "Extreme", "Albany Avenue and Vine Street", 41.7826, -72.6890),
        Opening(),
        Traffic());

    private static Scene Opening() => Scene(84,
    [
        At(0, new Calls(Desk1, Where.Floor)),
        At(1, new Calls(Desk2, Where.Floor)),
        At(3, new Says(Desk1, "floor-1")),
        At(7, new Says(Citywide, "citywide-1")),
        At(11, new Says(Desk2, "floor-2")),
        At(15, new Raises(Sensor, "EXERCISE: shots fired, 1 round", "Acoustic sensor 7, confidence 92 %. This is an exercise.")),
        At(17, new Calls(Command, Where.Incident)),
        At(18, new Says(Patrol, "patrol-1")),
        At(20, new Calls(Ctic, Where.Incident)),
        At(22, new Says(Command, "command-1")),
        At(24, new Calls(Csp, Where.Incident)),
        At(26, new Says(Ctic, "ctic-1")),
        At(28, new Calls(Ehpd, Where.Incident)),
        At(30, new Says(Csp, "csp-1")),
        At(32, new Calls(Atf, Where.Incident)),
        At(34, new Says(Ehpd, "ehpd-1")),
        At(37, new Updates(Sensor, "EXERCISE: second shot, 3 rounds", "Acoustic sensors 7 and 9, confidence 97 %. This is an exercise.")),
        At(38, new Vanishes(Ehpd, TimeSpan.FromSeconds(26))),
        At(39, new Says(Command, "command-2")),
        At(40, new Calls(Fbi, Where.Incident)),
        At(43, new Says(Patrol, "patrol-2")),
        At(44, new Calls(Nehidta, Where.Incident)),
        At(46, new Writes(Command, "Staging at Keney Park, Barbour Street gate.")),
        At(47, new Says(Atf, "atf-1")),
        At(48, new Calls(Hsi, Where.Incident)),
        At(51, new Says(Fbi, "fbi-1")),
        At(54, new Says(Nehidta, "nehidta-1")),
        At(57, new Says(Hsi, "hsi-1")),
        At(61, new HangsUp(Hsi)),
        At(64, new Says(Patrol, "patrol-3")),
        At(68, new Says(Ctic, "ctic-2")),
        At(72, new Says(Command, "command-3")),
        At(76, new Says(Ehpd, "ehpd-2")),
        At(80, new Says(Nehidta, "nehidta-2")),
    ]);

    private static Scene Traffic() => Scene(180,
    [
        At(0, new Calls(Desk1, Where.Floor)),
        At(0, new Calls(Desk2, Where.Floor)),
        At(5, new Says(Command, "command-4")),
        At(10, new Says(Patrol, "patrol-4")),
        At(22, new Says(Citywide, "citywide-2")),
        At(35, new Says(Csp, "csp-2")),
        At(50, new Says(Desk1, "floor-3")),
        At(55, new Says(Desk2, "floor-4")),
        At(70, new Calls(Hsi, Where.Incident)),
        At(76, new Says(Nehidta, "nehidta-2")),
        At(90, new Says(Ehpd, "ehpd-1")),
        At(105, new Says(Command, "command-3")),
        At(110, new Says(Patrol, "patrol-3")),
        At(120, new Says(Hsi, "hsi-1")),
        At(125, new HangsUp(Hsi)),
        At(140, new Says(Citywide, "citywide-1")),
        At(145, new Says(Desk1, "floor-1")),
        At(155, new Says(Ctic, "ctic-1")),
        At(165, new Writes(Ctic, "Plate check goes on; nothing new.")),
        At(170, new Says(Fbi, "fbi-1")),
    ]);

    private static PhoneRole Phone(string id, string name, string address) => new(id, name, IPAddress.Parse(address));

    private static Scene Scene(int seconds, IReadOnlyList<Cue> cues) => new(TimeSpan.FromSeconds(seconds), cues);

    private static Cue At(int seconds, Act act) => new(TimeSpan.FromSeconds(seconds), act);
}
