using Interop.Hub.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Interop.Console.Host.Problems;

/// <summary>Says what went wrong as RFC 9457 asks: a status, a code for programs and a text for people.</summary>
internal static class Problem
{
    public static IResult From(Refusal refusal) => Of(Status(refusal.Kind), refusal.Code, refusal.Text, refusal.Field);

    public static IResult Of(int status, string code, string text, string? field = null, IReadOnlyList<object>? errors = null) =>
        Results.Problem(Details(status, code, text, field, errors));

    public static ProblemDetails Details(int status, string code, string text, string? field = null, IReadOnlyList<object>? errors = null)
    {
        var details = new ProblemDetails { Type = $"urn:interop:problem:{code}", Status = status, Title = Title(status), Detail = text };
        details.Extensions["code"] = code;
        if (field is not null)
            details.Extensions["field"] = field;
        if (errors is not null)
            details.Extensions["errors"] = errors;
        return details;
    }

    /// <summary>The answer for the value, or the refusal as a problem.</summary>
    public static IResult Or<T>(this Outcome<T> outcome, Func<T, IResult> answer) =>
        outcome.Ok ? answer(outcome.Value) : From(outcome.Refusal);

    public static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Denied => StatusCodes.Status403Forbidden,
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Conflict or RefusalKind.Loop => StatusCodes.Status409Conflict,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    public static string Title(int status) => status switch
    {
        400 => "That was not understood",
        401 => "Sign in first",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Not done that way",
        409 => "Not in this state",
        413 => "Too large",
        415 => "Not in a form that is taken",
        429 => "Too often",
        503 => "Not now",
        _ => "Something went wrong",
    };
}
