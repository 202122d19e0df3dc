using System.Buffers.Binary;
using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Attendant;

public sealed class PromptBookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prompts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_line_of_the_list_is_a_file_in_both_languages_at_the_level_of_a_voice()
    {
        var book = PromptBook.Load(null, out var faults);
        Assert.Empty(faults);
        var list = Path.Combine(House.Repository.Root, "src/Bridges/Core/Attendant/Prompts/prompts.txt");
        var names = File.ReadLines(list).Where(line => !line.StartsWith('#')).Select(line => line.Split('|')[0].Trim()).ToArray();
        Assert.True(names.Length > 60);
        foreach (var language in PromptBook.Languages)
            foreach (var name in names)
            {
                var prompt = book.Find(language, name);
                Assert.True(prompt is not null, $"{language}/{name} is missing: run scripts/make-prompts");
                var power = 0.0;
                foreach (var sample in prompt.Samples) power += (double)sample * sample;
                Assert.InRange(10 * Math.Log10(power / prompt.Samples.Length / (32_768.0 * 32_768)), -25, -18);
            }
    }

    [Fact]
    public void A_folder_takes_the_place_of_built_in_prompts_file_by_file()
    {
        Write("en/key.muted.wav", 8000, 400);
        Write("agencies/hpd.wav", 8000, 300);
        Write("es/agencies/hpd.wav", 8000, 200);
        var book = PromptBook.Load(_folder, out var faults);
        Assert.Empty(faults);
        Assert.Equal(400, book.Find("en", "key.muted")!.Samples.Length);
        Assert.True(book.Find("es", "key.muted")!.Samples.Length > 1000);
        Assert.Equal(300, book.Agency("en", "hpd")!.Samples.Length);
        Assert.Equal(200, book.Agency("es", "hpd")!.Samples.Length);
        Assert.Null(book.Agency("en", "fbi"));
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named_with_the_reason_and_the_built_in_one_stays()
    {
        Write("en/key.muted.wav", 16_000, 400);
        File.WriteAllText(Path.Combine(_folder, "en/key.help.wav"), "no audio");
        var book = PromptBook.Load(_folder, out var faults);
        Assert.Equal(2, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("en/key.muted.wav", StringComparison.Ordinal) && fault.Contains("8000", StringComparison.Ordinal));
        Assert.True(book.Find("en", "key.muted")!.Samples.Length > 1000);
        Assert.NotNull(book.Find("en", "key.help"));
    }

    [Fact]
    public void Broken_wave_files_are_refused_and_never_throw()
    {
        var whole = Wave(8000, 50);
        for (var length = 0; length < whole.Length; length++) WaveFile.TryRead(whole.AsSpan(0, length), out _);
        for (var at = 0; at < whole.Length; at++)
        {
            var broken = (byte[])whole.Clone();
            broken[at] ^= 0xFF;
            WaveFile.TryRead(broken, out _);
        }
    }

    [Fact]
    public void What_is_spoken_is_words_and_no_commands_and_is_cut_at_a_word()
    {
        Assert.Equal("Two down, at Main   rm", Voice.Plain("Two down, at Main;$(rm"));
        Assert.Equal("", Voice.Plain(null));
        Assert.Equal("", Voice.Plain("[[]]<>"));
        var longest = Voice.Plain(string.Concat(Enumerable.Repeat("shots fired ", 100)));
        Assert.InRange(longest.Length, Voice.LongestText - 12, Voice.LongestText);
        Assert.EndsWith("fired", longest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voice_speaks_at_the_level_of_the_prompts_and_keeps_what_it_spoke()
    {
        using var voice = new Voice(new AttendantOptions(), TimeProvider.System, NullLogger<Voice>.Instance);
        if (!voice.Speaks) Assert.Skip("espeak-ng is not installed");
        var spoken = await voice.SpeakAsync("en", "Two officers are down").WaitAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(spoken!.Duration.TotalSeconds, 0.8, 3);
        var power = 0.0;
        foreach (var sample in spoken.Samples) power += (double)sample * sample;
        Assert.InRange(10 * Math.Log10(power / spoken.Samples.Length / (32_768.0 * 32_768)), -22, -18);
        Assert.Same(spoken, await voice.SpeakAsync("en", "Two officers are down"));
        using var silent = new Voice(new AttendantOptions(Speak: false), TimeProvider.System, NullLogger<Voice>.Instance);
        Assert.Null(await silent.SpeakAsync("en", "Two officers are down"));
    }

    [Fact]
    public void Resampling_keeps_a_tone_of_the_band_and_drops_what_would_fold_into_it()
    {
        Assert.InRange(Media.Tone.AmplitudeOf(1000, Resampler.ToPhone(Sine(1000, 8000)).AsSpan(1000, 6000)), 4300, 4900);
        var folded = Resampler.ToPhone(Sine(5000, 8000)).AsSpan(1000, 6000);
        Assert.InRange(Media.Tone.AmplitudeOf(3000, folded), 0, 300);
    }

    private static Wave Sine(double frequency, double amplitude)
    {
        var samples = new short[22_050];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)(amplitude * Math.Sin(2 * Math.PI * frequency * i / 22_050));
        return new Wave(samples, 22_050);
    }

    private void Write(string name, int rate, int samples)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Wave(rate, samples));
    }

    private static byte[] Wave(int rate, int samples)
    {
        var file = new byte[44 + (2 * samples)];
        "RIFF"u8.CopyTo(file);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * samples);
        return file;
    }
}
