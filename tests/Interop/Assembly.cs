using Xunit.Sdk;
using Xunit.v3;

// Two hubs with their phones at once would measure the machine's two cores, and not the hub.
[assembly: Parallelization(Mode = ParallelMode.None)]
