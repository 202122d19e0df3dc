using System.Globalization;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Alerts.Cap;

/// <summary>Where an alert applies: the areas in words, and one point of the first that is drawn.</summary>
internal sealed record CapArea(string? Description, Place? Place)
{
    public static readonly CapArea Nowhere = new(null, null);

    public static CapArea Read(CapElement info)
    {
        var words = new List<string>();
        (double Latitude, double Longitude)? point = null;
        foreach (var area in info.All("area"))
        {
            if (words.Count < 20)
                words.Add(area.Required("areaDesc"));
            foreach (var circle in area.All("circle"))
                point ??= Centre(circle);
            foreach (var polygon in area.All("polygon"))
                point ??= Middle(polygon);
        }
        var description = AlertText.Line(string.Join("; ", words.Where(word => word.Length > 0)));
        if (description.Length == 0 && point is null)
            return Nowhere;
        return new CapArea(description, new Place(description, point?.Latitude, point?.Longitude));
    }

    /// <summary>"latitude,longitude radius in kilometres" (CAP 1.2, 3.2.4).</summary>
    private static (double, double)? Centre(CapElement circle)
    {
        var parts = circle.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 2 && Point(parts[0]) is { } centre && Number(parts[1], 0, 40_100, out _))
            return centre;
        circle.Fault("circle must be latitude,longitude and a radius in kilometres.");
        return null;
    }

    /// <summary>The mean of the corners, close enough to put a pin; the last corner repeats the first and is left out.</summary>
    private static (double, double)? Middle(CapElement polygon)
    {
        var corners = polygon.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (corners.Length >= 4 && corners[0] == corners[^1])
        {
            var (latitude, longitude, counted) = (0.0, 0.0, 0);
            foreach (var corner in corners.AsSpan(0, corners.Length - 1))
            {
                if (Point(corner) is not { } point)
                    break;
                latitude += point.Latitude;
                longitude += point.Longitude;
                counted++;
            }
            if (counted == corners.Length - 1)
                return (Math.Round(latitude / counted, 6), Math.Round(longitude / counted, 6));
        }
        polygon.Fault("polygon must be at least four corners latitude,longitude, the last the same as the first.");
        return null;
    }

    private static (double Latitude, double Longitude)? Point(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0
            && Number(text.AsSpan(0, comma), -90, 90, out var latitude)
            && Number(text.AsSpan(comma + 1), -180, 180, out var longitude))
            return (latitude, longitude);
        return null;
    }

    private static bool Number(ReadOnlySpan<char> text, double least, double most, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && number >= least
        && number <= most;
}
