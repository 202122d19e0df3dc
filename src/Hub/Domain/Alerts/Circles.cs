using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Alerts;

/// <summary>Whether something happened within a circle on the map.</summary>
internal static class Circles
{
    /// <summary>The earth's mean radius (IUGG), in metres; as a sphere it is wrong by half a per cent at most.</summary>
    private const double Earth = 6_371_008.8;

    /// <summary>False for a place that is in words alone: nobody knows where it is.</summary>
    public static bool Holds(this MapCircle circle, Place? place) =>
        place is { Latitude: { } latitude, Longitude: { } longitude } && Metres(circle.Latitude, circle.Longitude, latitude, longitude) <= circle.Radius;

    /// <summary>The great circle between two points, by the haversine, which is good for short ways too.</summary>
    private static double Metres(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var (from, to) = (double.DegreesToRadians(latitude), double.DegreesToRadians(otherLatitude));
        var north = Math.Sin((to - from) / 2);
        var east = Math.Sin(double.DegreesToRadians(otherLongitude - longitude) / 2);
        return 2 * Earth * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(from) * Math.Cos(to) * east * east))));
    }
}
