using System.Globalization;
using System.Net;
using Interop.Bridges.Media.Sockets;

namespace Interop.Console.Host.Settings;

/// <summary>Reads settings one by one and gathers what is wrong with any of them, so that an operator mends all in one go.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _errors = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Errors => _errors;

    public void Error(string name, string text) => _errors.Add($"{name}: {text}");

    public string? Text(string name)
    {
        _known.Add(name);
        return configuration[name]?.Trim() is { Length: > 0 } text ? text : null;
    }

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Error(name, $"\"{text}\" must be a whole number from {least} to {most}.");
        return otherwise;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out var flag))
            return flag;
        Error(name, $"\"{text}\" is neither true nor false.");
        return otherwise;
    }

    /// <summary>One or several addresses, with commas between them.</summary>
    public IReadOnlyList<IPAddress>? Addresses(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var addresses = new List<IPAddress>();
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!IPAddress.TryParse(item, out var address) || address.IsIPv4MappedToIPv6 || addresses.Contains(address))
            {
                Error(name, $"\"{text}\" must be IP addresses, each once, such as 127.0.0.1, ::1.");
                return null;
            }
            addresses.Add(address);
        }
        return addresses;
    }

    /// <summary>Addresses with or without a port, and with commas between them; none when not set.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints(string name, int defaultPort)
    {
        var endPoints = new List<IPEndPoint>();
        foreach (var item in (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPEndPoint.TryParse(item, out var endPoint))
                endPoints.Add(endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, defaultPort) : endPoint);
            else
                Error(name, $"\"{item}\" must be an IP address, with or without a port, such as 10.0.0.53 or [::1]:5353.");
        }
        return endPoints;
    }

    /// <summary>Networks as <c>address/bits</c>; an address alone is the network of it alone.</summary>
    public IReadOnlyList<IPNetwork> Networks(string name)
    {
        var networks = new List<IPNetwork>();
        foreach (var item in (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(item, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(item, out var network))
                networks.Add(network);
            else
                Error(name, $"\"{item}\" must be an IP address or a network such as 10.0.0.0/24, with no bits set behind its bits.");
        }
        return networks;
    }

    /// <summary>A file that is there, as a full path.</summary>
    public string? File(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (!text.Contains('\0', StringComparison.Ordinal) && System.IO.File.Exists(text))
            return Path.GetFullPath(text);
        Error(name, $"there is no file \"{text}\".");
        return null;
    }

    public PortRange Ports(string name, PortRange otherwise)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (PortRange.TryParse(text, out var ports))
            return ports;
        Error(name, $"\"{text}\" must be a range of ports from 1024 up with an even one and the next, such as 10000-19999.");
        return otherwise;
    }

    /// <summary>A misspelt setting would be left at its default without a word; it is an error instead.</summary>
    public void RefuseUnknown(params IReadOnlyList<string> sections)
    {
        foreach (var section in sections)
            foreach (var (name, value) in configuration.GetSection(section).AsEnumerable())
                if (value is not null && !_known.Contains(name))
                    Error(name, "there is no such setting.");
    }
}
