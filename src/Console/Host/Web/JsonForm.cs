using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interop.Console.Host.Web;

/// <summary>How the console's JSON looks, over REST and SignalR alike: camelCase names and words.</summary>
internal static class JsonForm
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.RespectNullableAnnotations = true;
        options.MaxDepth = 32;
    }
}
