using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>Something an agency owns and can lend; the id carries its owner: <c>hpd/patrol-north</c>.</summary>
[GenerateSerializer, Alias("interop.resource-id")]
[JsonConverter(typeof(IdJsonConverter<ResourceId>))]
public readonly record struct ResourceId([property: Id(0)] string Value) : IId<ResourceId>
{
    /// <summary>Names a resource of an agency.</summary>
    public ResourceId(AgencyId agency, string name)
        : this($"{agency.Value}/{name}")
    {
    }

    /// <summary>The owner.</summary>
    public AgencyId Agency => new(Value[..Math.Max(0, Value.IndexOf('/', StringComparison.Ordinal))]);

    /// <summary>The name within its owner.</summary>
    public string Name => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <inheritdoc />
    public static ResourceId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
