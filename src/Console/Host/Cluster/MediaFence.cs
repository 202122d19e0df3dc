using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ports;

namespace Interop.Console.Host.Cluster;

/// <summary>Holds the voice back while another node may have the rooms.</summary>
internal sealed class MediaFence(INodeStanding standing) : IMediaFence
{
    public bool MaySend => standing.MaySpeak;

    public void Revalidate() => standing.Doubt();
}
