using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>Facts that count allocations: a node of another test listens to every meter of the process, and its first readings allocate on the tick's thread.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
