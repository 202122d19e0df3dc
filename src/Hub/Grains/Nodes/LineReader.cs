using System.Net.Sockets;
using System.Text;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Reads short lines from a connection.</summary>
internal sealed class LineReader(Socket socket)
{
    private readonly byte[] buffer = new byte[8 * 1024];
    private int start;
    private int end;

    /// <summary>The next line without its end; null when the connection ends, or says what is no line.</summary>
    public async ValueTask<string?> Next(CancellationToken stop)
    {
        while (true)
        {
            var waiting = buffer.AsSpan(start, end - start);
            var length = waiting.IndexOf((byte)'\n');
            if (length >= 0)
            {
                start += length + 1;
                return Encoding.ASCII.GetString(waiting[..length]);
            }

            if (waiting.Length > WatchLine.Longest)
                return null;
            waiting.CopyTo(buffer);
            (start, end) = (0, waiting.Length);
            var read = await socket.ReceiveAsync(buffer.AsMemory(end), stop);
            if (read == 0)
                return null;
            end += read;
        }
    }
}
