using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>An organisation that owns people and resources: <c>hpd</c>.</summary>
[GenerateSerializer, Alias("interop.agency-id")]
[JsonConverter(typeof(IdJsonConverter<AgencyId>))]
public readonly record struct AgencyId([property: Id(0)] string Value) : IId<AgencyId>
{
    /// <inheritdoc />
    public static AgencyId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
