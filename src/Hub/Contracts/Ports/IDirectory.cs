using Interop.Hub.Contracts.Directory;

namespace Interop.Hub.Contracts.Ports;

/// <summary>This node's copy of the directory, for decisions that are made per call and per request.</summary>
public interface IDirectory
{
    /// <summary>The newest snapshot that has reached this node.</summary>
    DirectorySnapshot Current { get; }
}
