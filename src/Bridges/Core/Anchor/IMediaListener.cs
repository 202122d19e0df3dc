using Interop.Bridges.Media;

namespace Interop.Bridges.Core.Anchor;

/// <summary>One who wants to know what the engine hears. Called on one thread, in order; it must not block.</summary>
public interface IMediaListener
{
    /// <summary>Something happened.</summary>
    void Take(in MediaReport report);
}
