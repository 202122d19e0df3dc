namespace Interop.Hub.Contracts.Ports;

/// <summary>Whether this node is still the one that carries its rooms. Safe from any thread, and quick enough for each packet.</summary>
public interface INodeStanding
{
    /// <summary>Whether no other node can have taken its rooms.</summary>
    bool MaySpeak { get; }

    /// <summary>The node froze: it may not speak until the others have confirmed it since.</summary>
    void Doubt();
}
