using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>One alert as its source names it: <c>source|identifier</c>.</summary>
[GenerateSerializer, Alias("interop.alert-id")]
[JsonConverter(typeof(IdJsonConverter<AlertId>))]
public readonly record struct AlertId([property: Id(0)] string Value) : IId<AlertId>
{
    /// <inheritdoc />
    public static AlertId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
