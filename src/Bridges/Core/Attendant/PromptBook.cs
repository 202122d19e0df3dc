using System.Reflection;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Prompts;

namespace Interop.Bridges.Core.Attendant;

/// <summary>All prompts by language and name, read once: the built-in ones, and in their place what a folder has.</summary>
/// <remarks>
/// A folder is laid out as the built-in one: <c>en/greeting.from.wav</c>. An agency's name is <c>en/agencies/hpd.wav</c>, or
/// <c>agencies/hpd.wav</c> for every language.
/// </remarks>
public sealed class PromptBook
{
    private const string Suffix = ".wav";
    private const string BuiltIn = "prompts/";
    private const int MostFiles = 2000;

    private readonly Dictionary<string, PromptAudio> _prompts;

    private PromptBook(Dictionary<string, PromptAudio> prompts) => _prompts = prompts;

    /// <summary>The languages of the built-in prompts.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es"];

    /// <summary>Reads everything; what is wrong with a folder's files is said for each, and the built-in one then stays.</summary>
    public static PromptBook Load(string? folder, out IReadOnlyList<string> faults)
    {
        var prompts = new Dictionary<string, PromptAudio>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(BuiltIn, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Add(name[BuiltIn.Length..], bytes.ToArray());
        }

        if (folder is not null)
            ReadFolder(folder);
        faults = wrong;
        return new PromptBook(prompts);

        void ReadFolder(string path)
        {
            try
            {
                foreach (var file in Directory.EnumerateFiles(path, "*" + Suffix, SearchOption.AllDirectories).Take(MostFiles))
                    if (new FileInfo(file).Length > WaveFile.MostBytes)
                        wrong.Add($"{file}: it is larger than 4 MB.");
                    else
                        Add(Path.GetRelativePath(path, file).Replace('\\', '/'), File.ReadAllBytes(file));
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                wrong.Add($"{path}: {unreadable.Message}");
            }
        }

        void Add(string name, byte[] file)
        {
            var wave = WaveFile.TryRead(file, out var fault);
            if (wave is { SampleRate: AudioFrame.SampleRate })
                prompts[name[..^Suffix.Length]] = new PromptAudio(wave.Samples);
            else
                wrong.Add($"{name}: {fault ?? $"it has {wave!.SampleRate} samples a second and must have 8000"}.");
        }
    }

    /// <summary>A prompt of a language, or null when there is none of that name.</summary>
    public PromptAudio? Find(string language, string name) => _prompts.GetValueOrDefault($"{language}/{name}");

    /// <summary>An agency's recorded name, if there is one.</summary>
    public PromptAudio? Agency(string language, string id) =>
        Find(language, $"agencies/{id}") ?? _prompts.GetValueOrDefault($"agencies/{id}");

    /// <summary>The language that is spoken to whoever asks for this one: <c>es-MX</c> is <c>es</c>.</summary>
    public static string? Language(string? asked)
    {
        foreach (var language in Languages)
            if (asked is not null && (asked.Equals(language, StringComparison.OrdinalIgnoreCase) || asked.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase)))
                return language;
        return null;
    }
}
