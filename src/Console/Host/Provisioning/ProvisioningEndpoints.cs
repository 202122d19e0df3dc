using System.Text.Json.Nodes;
using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Microsoft.AspNetCore.Mvc;

namespace Interop.Console.Host.Provisioning;

/// <summary>The provisioning file over REST: an administrator's own agency, to read and to apply.</summary>
internal static class ProvisioningEndpoints
{
    public static IServiceCollection AddProvisioning(this IServiceCollection services, ProvisioningFile atStart) => services
        .AddSingleton(atStart)
        .AddScoped<Provisioner>()
        .AddScoped<ProvisioningExport>()
        .AddHostedService<ProvisioningAtStart>();

    public static IEndpointRouteBuilder MapProvisioning(this IEndpointRouteBuilder api)
    {
        var provisioning = api.MapGroup("/provisioning").WithTags("Provisioning").RequireAuthorization().Within(TokenScope.Provisioning).ProducesProblem(403);
        provisioning.MapGet("", Export).Produces<JsonObject>()
            .WithSummary("The caller's agency as a provisioning file, secrets as hashes.");
        provisioning.MapPost("", Apply)
            .WithMetadata(new RequestSizeLimitAttribute(ProvisioningOptions.MaxBytes))
            .Accepts<JsonObject>("application/json").Produces<ProvisioningReport>().ProducesProblem(400)
            .WithSummary("Applies a provisioning file to the caller's agency, each entry once for its content.");
        return api;
    }

    private static async Task<IResult> Export(SignedIn caller, ProvisioningExport export) =>
        MayNot(caller) is { } refusal ? Problem.From(refusal) : Results.Ok(await export.Write(caller.Actor));

    private static async Task<IResult> Apply(HttpRequest request, SignedIn caller, Provisioner provisioner, CancellationToken cancel)
    {
        if (MayNot(caller) is { } refusal)
            return Problem.From(refusal);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var (file, errors) = ProvisioningReader.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
        if (errors.Count > 0)
            return Problem.Of(400, "provisioning.invalid", errors[0].ToString(), errors[0].Path, [.. errors]);
        if (file.NotOf(caller.Agency).ToArray() is { Length: > 0 } foreign)
            return Problem.Of(403, "provisioning.other-agency", foreign[0].ToString(), foreign[0].Path, [.. foreign]);
        var report = await provisioner.Apply(file, caller.Actor);
        return report.Errors.Count == 0
            ? Results.Ok(report)
            : Problem.Of(409, "provisioning.refused", report.Errors[0].ToString(), report.Errors[0].Path, [.. report.Errors]);
    }

    private static Refusal? MayNot(SignedIn caller) => caller.Actor.Role >= Role.Administrator
        ? null
        : new Refusal(RefusalKind.Denied, "provisioning.administrator", "Only an administrator of the agency may do this.");
}
