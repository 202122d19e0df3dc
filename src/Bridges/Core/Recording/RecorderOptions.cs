namespace Interop.Bridges.Core.Recording;

/// <summary>Where this node keeps what it records.</summary>
/// <param name="Directory">A full path.</param>
/// <param name="LeaveFree">Octets of the disk that are not the recorder's: a full disk would stop the journal too.</param>
public sealed record RecorderOptions(string Directory, long LeaveFree);
