using System.Text.Json;

namespace Interop.Hub.Domain;

/// <summary>The stable names of one family of events: a class may be renamed, a name in the journal never.</summary>
internal sealed class EventNames<TEvent>
    where TEvent : class
{
    private readonly Dictionary<string, Type> types = [];
    private readonly Dictionary<Type, string> names = [];

    /// <summary>Every event of the family.</summary>
    public IReadOnlyCollection<Type> Types => names.Keys;

    /// <summary>Gives an event its name.</summary>
    public EventNames<TEvent> With<T>(string name)
        where T : TEvent
    {
        types.Add(name, typeof(T));
        names.Add(typeof(T), name);
        return this;
    }

    /// <summary>An event as the journal keeps it: its name and its data.</summary>
    public (string Name, string Data) Write(TEvent happened)
    {
        var type = happened.GetType();
        return (names[type], JsonSerializer.Serialize(happened, type, JournalJson.Options));
    }

    /// <summary>Reads an event; a name that this version does not know is a journal of a newer one, and no room to guess.</summary>
    public TEvent Read(string name, string data) =>
        types.TryGetValue(name, out var type)
            ? (TEvent)JsonSerializer.Deserialize(data, type, JournalJson.Options)!
            : throw new InvalidDataException($"The journal has an event '{name}' that this version does not know.");
}
