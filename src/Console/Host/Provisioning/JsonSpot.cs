using System.Buffers;
using System.Text.Json;

namespace Interop.Console.Host.Provisioning;

/// <summary>One value of a JSON document with where it stands, so that an error can point at it.</summary>
/// <param name="Path">As in JSONPath: <c>$.channels[0].gateway</c>.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a string or a number.</param>
/// <param name="Members">The fields of an object, as they stand; a name may stand twice.</param>
/// <param name="Items">The items of a list.</param>
internal sealed record JsonSpot(
    string Path,
    int Line,
    JsonValueKind Kind,
    string? Text,
    IReadOnlyList<KeyValuePair<string, JsonSpot>> Members,
    IReadOnlyList<JsonSpot> Items)
{
    private const int MaxDepth = 16;

    /// <summary>Reads a document; what is no JSON at all comes back as the one error it is.</summary>
    public static (JsonSpot? Root, ProvisioningError? Error) Parse(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip });
        var lines = new LineCounter(document);
        try
        {
            reader.Read();
            var root = Read(ref reader, ref lines, "$");
            reader.Read();
            return (root, null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            var line = broken is JsonException { LineNumber: { } number } ? (int)number + 1 : lines.At(reader.TokenStartIndex);
            return (null, new ProvisioningError("$", line, "This is not JSON: something is missing, superfluous or misspelt at or before this line."));
        }
    }

    private static JsonSpot Read(ref Utf8JsonReader reader, ref LineCounter lines, string path)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, JsonSpot>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add(new(name, Read(ref reader, ref lines, $"{path}.{name}")));
                }
                return new JsonSpot(path, line, JsonValueKind.Object, null, members, []);
            case JsonTokenType.StartArray:
                var items = new List<JsonSpot>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader, ref lines, $"{path}[{items.Count}]"));
                return new JsonSpot(path, line, JsonValueKind.Array, null, [], items);
            case JsonTokenType.String:
                return new JsonSpot(path, line, JsonValueKind.String, reader.GetString(), [], []);
            case JsonTokenType.Number:
                return new JsonSpot(path, line, JsonValueKind.Number, System.Text.Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan), [], []);
            case JsonTokenType.True:
                return new JsonSpot(path, line, JsonValueKind.True, null, [], []);
            case JsonTokenType.False:
                return new JsonSpot(path, line, JsonValueKind.False, null, [], []);
            default:
                return new JsonSpot(path, line, JsonValueKind.Null, null, [], []);
        }
    }

    /// <summary>Counts lines on the way forward, so that the whole document is gone through once.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> document)
    {
        private readonly ReadOnlySpan<byte> _document = document;
        private int _counted;
        private int _line = 1;

        public int At(long position)
        {
            for (; _counted < position && _counted < _document.Length; _counted++)
                if (_document[_counted] == '\n')
                    _line++;
            return _line;
        }
    }
}
