namespace Interop.Bridges.Core.Attendant;

/// <summary>What callers hear.</summary>
/// <param name="Language">The language of prompts where nobody asks for another: one of <see cref="PromptBook.Languages"/>.</param>
/// <param name="Folder">A folder whose files take the place of the built-in ones, file by file; null for none.</param>
/// <param name="Speak">Whether names and purposes may be spoken by a voice on this machine.</param>
public sealed record AttendantOptions(string Language = "en", string? Folder = null, bool Speak = true);
