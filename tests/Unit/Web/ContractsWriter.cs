using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Ids;

namespace Interop.Tests.Unit.Web;

/// <summary>Writes the TypeScript types of what the hub sends, as its JSON has them.</summary>
/// <remarks>
/// It follows the types it is given to all that they hold. A type it cannot say in TypeScript fails it, so that a
/// contract never reaches the console as a guess.
/// </remarks>
internal sealed class ContractsWriter
{
    private const string Heading = """
        // Generated from Interop.Hub.Contracts; do not edit. To write it again after a contract changed:
        // INTEROP_WRITE_CONTRACTS=1 dotnet run --project tests/Unit -- -class Interop.Tests.Unit.Web.ContractsTests

        """;

    private readonly SortedDictionary<string, string> declarations = new(StringComparer.Ordinal);
    private readonly NullabilityInfoContext nullability = new();

    /// <summary>The whole file for these types and all that they hold.</summary>
    public static string Write(IEnumerable<Type> roots)
    {
        var writer = new ContractsWriter();
        foreach (var root in roots)
            writer.Reference(root);
        var text = new StringBuilder(Heading.ReplaceLineEndings("\n"));
        foreach (var declaration in writer.declarations.Values)
            text.Append('\n').Append(declaration);
        return text.ToString();
    }

    private string Reference(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Reference(underlying)} | null";
        if (Plain(type) is { } plain)
            return plain;
        if (Element(type) is { } element)
            return Reference(element) is var name && name.Contains(' ', StringComparison.Ordinal) ? $"readonly ({name})[]" : $"readonly {name}[]";
        if (type.Namespace?.StartsWith("Interop.Hub.Contracts", StringComparison.Ordinal) is not true || type.IsGenericType)
            throw new NotSupportedException($"The contracts hold a {type}, which the console's types cannot say.");
        if (!declarations.ContainsKey(type.Name))
        {
            // Named before it is described, so that a type that holds itself comes to an end.
            declarations.Add(type.Name, "");
            declarations[type.Name] = Declare(type);
        }
        return type.Name;
    }

    private string Declare(Type type)
    {
        if (IsId(type))
            return $"export type {type.Name} = string;\n";
        if (type.IsEnum)
            return Enumeration(type);
        var cases = type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).ToList();
        return cases.Count > 0 ? Union(type, cases) : Shape(type);
    }

    /// <summary>The members as a value too, in their order: what the console offers and what it compares roles by.</summary>
    private static string Enumeration(Type type)
    {
        var members = string.Join(", ", Enum.GetNames(type).Select(name => $"'{Camel(name)}'"));
        return $"export const {type.Name} = [{members}] as const;\nexport type {type.Name} = (typeof {type.Name})[number];\n";
    }

    private string Union(Type type, List<JsonDerivedTypeAttribute> cases)
    {
        var discriminator = type.GetCustomAttribute<JsonPolymorphicAttribute>()?.TypeDiscriminatorPropertyName ?? "$type";
        var text = new StringBuilder($"export type {type.Name} =\n");
        foreach (var each in cases)
            text.Append($"  | ({{ readonly {discriminator}: '{each.TypeDiscriminator}' }} & {Reference(each.DerivedType)})\n");
        text[^1] = ';';
        return text.Append('\n').ToString();
    }

    private string Shape(Type type)
    {
        var text = new StringBuilder($"export interface {type.Name} {{\n");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!IsWritten(property))
                continue;
            var reference = Reference(property.PropertyType);
            if (!property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.Nullable)
                reference += " | null";
            text.Append($"  readonly {Camel(property.Name)}: {reference};\n");
        }
        return text.Append("}\n").ToString();
    }

    private static bool IsWritten(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0
        && property.GetCustomAttribute<JsonIgnoreAttribute>() is null or { Condition: not JsonIgnoreCondition.Always };

    private static string? Plain(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(DateTimeOffset) => "string",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) || type == typeof(double) => "number",
        _ => null,
    };

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var only] && typeof(IEnumerable).IsAssignableFrom(type) ? only : null;

    private static bool IsId(Type type) =>
        type.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IId<>));

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
