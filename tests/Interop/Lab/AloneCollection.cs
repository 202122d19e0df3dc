namespace Interop.Tests.Interop.Lab;

/// <summary>Facts that run one after the other when all others are done: they measure sound or time to the millisecond, or load the machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
