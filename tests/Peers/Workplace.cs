namespace Interop.Tests.Peers;

/// <summary>A folder for the files of one class of tests; it stays until the next run, to listen to and to read.</summary>
public sealed class Workplace
{
    /// <summary>Makes an empty folder under TestResults.</summary>
    public Workplace(string test)
    {
        Path = System.IO.Path.Combine(Built.TestResults, "work", test);
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A new folder in it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(File(name)).FullName;
}
