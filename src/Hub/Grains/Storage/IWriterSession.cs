namespace Interop.Hub.Grains.Storage;

/// <summary>A writer's connection and its statements; only the writer touches it.</summary>
internal interface IWriterSession : IDisposable
{
    /// <summary>Begins a transaction. Nothing has been written when it throws.</summary>
    /// <param name="about">The keys of the writes that will follow, as their callers gave them.</param>
    void Begin(IReadOnlyCollection<string> about);

    /// <summary>Commits, with whatever the writes left to be carried out together.</summary>
    void Commit();

    void Rollback();

    /// <summary>Does one write so that its failure undoes it alone.</summary>
    void Alone(Action write);
}
