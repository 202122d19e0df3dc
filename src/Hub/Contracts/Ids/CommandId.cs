using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts.Ids;

/// <summary>Names one attempt at a change, so that the same command twice has one effect.</summary>
[GenerateSerializer, Alias("interop.command-id")]
[JsonConverter(typeof(IdJsonConverter<CommandId>))]
public readonly record struct CommandId([property: Id(0)] string Value) : IId<CommandId>
{
    /// <inheritdoc />
    public static CommandId From(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
