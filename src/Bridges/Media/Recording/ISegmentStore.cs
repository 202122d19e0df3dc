namespace Interop.Bridges.Media.Recording;

/// <summary>Where segments are kept; each call may block for as long as a disk does, and throws <see cref="IOException"/> when it fails.</summary>
internal interface ISegmentStore
{
    /// <summary>Makes the file of a new segment, open until it is sealed.</summary>
    Stream Create(string room, string id);

    /// <summary>Opens the file of a segment that is not sealed, to be repaired; null when it is gone.</summary>
    Stream? Reopen(string room, string id);

    /// <summary>Segments that were never sealed.</summary>
    IReadOnlyList<(string Room, string Id)> Unsealed();

    /// <summary>Removes a file that holds no audio.</summary>
    void Discard(string room, string id);

    /// <summary>How many octets may still be written before the disk is needed for the record.</summary>
    long Room();
}
