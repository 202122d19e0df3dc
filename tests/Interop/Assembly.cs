using Xunit;

// Two hubs with their phones at once would measure the machine's two cores, and not the hub.
[assembly: Xunit.Sdk.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
