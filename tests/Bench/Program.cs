using BenchmarkDotNet.Running;
using Interop.Tests.Bench.Media;

// --smoke proves within seconds that the load runs still run; anything else is BenchmarkDotNet's.
if (args is ["--smoke"]) return MediaLoad.Run(Console.Out) ? 0 : 1;

BenchmarkSwitcher.FromAssembly(typeof(MediaLoad).Assembly).Run(args);
return 0;
