namespace Interop.Bridges.Media;

/// <summary>Whether this node may speak. A node that was frozen may have been replaced, and two voices must not sound.</summary>
/// <remarks>Called on the tick thread: both members return at once.</remarks>
public interface IMediaFence
{
    /// <summary>Asked before every packet that is sent.</summary>
    bool MaySend { get; }

    /// <summary>The node stalled: be down until whoever decides has confirmed the node again.</summary>
    void Revalidate();
}

/// <summary>The fence of a node that is alone: there is nobody who could have replaced it.</summary>
internal sealed class OpenFence : IMediaFence
{
    public bool MaySend => true;

    public void Revalidate()
    {
    }
}
