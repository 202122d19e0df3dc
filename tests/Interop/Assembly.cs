using Xunit.Sdk;
using Xunit.v3;

// A hub with its phones mostly waits: for rings, keys and prompts. Two at once are what two cores carry; what measures
// sound to the millisecond, or floods, is in AloneCollection and has the machine for itself.
[assembly: Parallelization(Mode = ParallelMode.Collections, MaxThreads = 2)]
