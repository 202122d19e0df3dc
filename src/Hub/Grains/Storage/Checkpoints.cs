using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Storage;

/// <summary>Carries what was committed from the write-ahead log into the database, on a connection and a thread of its own.</summary>
/// <remarks>
/// SQLite itself does it inside some commit, and every call that waits for that commit waits ten times as long. A passive
/// checkpoint holds no writer up; what it could not carry over is carried by the next.
/// </remarks>
internal sealed partial class Checkpoints : IAsyncDisposable
{
    /// <summary>Some 8 MB of log.</summary>
    private const int EveryWrites = 500;

    private readonly string file;
    private readonly ILogger log;
    private readonly Channel<int> due = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task running;
    private int writes;

    public Checkpoints(string file, ILogger log)
    {
        (this.file, this.log) = (file, log);
        running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>So many writes were committed; called by the writer alone.</summary>
    public void Committed(int more)
    {
        writes += more;
        if (writes < EveryWrites)
            return;
        writes = 0;
        due.Writer.TryWrite(0);
    }

    public async ValueTask DisposeAsync()
    {
        due.Writer.TryComplete();
        await running;
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        while (due.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            due.Reader.TryRead(out _);
            try
            {
                connection ??= SqliteFile.OpenBeside(file);
                SqliteFile.Run(connection, "pragma wal_checkpoint(passive)");
            }
            catch (SqliteException exception)
            {
                LogNotCarried(exception, file);
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    [LoggerMessage(1003, LogLevel.Warning, "The log of {File} could not be carried into its database; it grows until that works")]
    private partial void LogNotCarried(Exception exception, string file);
}
