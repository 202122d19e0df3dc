using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Ids;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Interop.Console.Host.Web;

/// <summary>The description of the REST interface at /openapi/v1.json.</summary>
internal static class OpenApi
{
    private const string Overview =
        "Rooms, alerts and the directory of the hub. Sign in at POST /api/session (cookie), or send an API token as Authorization: Bearer. "
        + "Errors are RFC 9457 problem details with a stable code. Live changes come over SignalR at /live.";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Interop", Version = "v1", Description = Overview };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Components.SecuritySchemes["session"] =
                new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SignInServices.CookieName };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            if (HttpMethods.IsPost(context.Description.HttpMethod ?? ""))
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = SignedIn.IdempotencyHeader,
                    In = ParameterLocation.Header,
                    Description = "Names the attempt: the same key again has no second effect.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 100 },
                });
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type.GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IId<>)))
                schema.Type = JsonSchemaType.String;
            return Task.CompletedTask;
        });
    });
}
