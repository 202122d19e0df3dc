using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Interop.Hub.Contracts;

/// <summary>Why something was refused, in the terms of a reply.</summary>
public enum RefusalKind
{
    /// <summary>No such thing, or none that the actor may know of (404).</summary>
    NotFound,

    /// <summary>The actor may not (403).</summary>
    Denied,

    /// <summary>A field is wrong (400).</summary>
    Invalid,

    /// <summary>Not in the state that things are in (409).</summary>
    Conflict,

    /// <summary>It would send sound round between systems that mix (409).</summary>
    Loop,

    /// <summary>Not now: a limit is reached or something below is down (503).</summary>
    Unavailable,
}

/// <summary>A refusal: a stable code for programs and a text that an operator can act on.</summary>
/// <param name="Kind">The family of the refusal.</param>
/// <param name="Code">Stable and dotted: <c>room.closed</c>.</param>
/// <param name="Text">What is wrong and what to do about it.</param>
/// <param name="Field">The field at fault, where one is.</param>
[GenerateSerializer, Alias("interop.refusal")]
public sealed record Refusal(RefusalKind Kind, string Code, string Text, string? Field = null);

/// <summary>A value, or the refusal to give it.</summary>
[GenerateSerializer, Alias("interop.outcome`1")]
public sealed record Outcome<T>(T? Value, Refusal? Refusal)
{
    /// <summary>True when there is a value.</summary>
    [JsonIgnore]
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null;

    /// <summary>A value is an outcome.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal is an outcome.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
