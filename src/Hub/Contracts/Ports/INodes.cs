namespace Interop.Hub.Contracts.Ports;

/// <summary>The nodes of the cluster, as this one knows them.</summary>
public interface INodes
{
    /// <summary>This node's name, which no other run of it has.</summary>
    string Self { get; }

    /// <summary>Has it called, from any thread, with the name of each node that is lost from now on, once its rooms are up elsewhere.</summary>
    void OnLost(Action<string> heard);
}
