using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>Writes HTML; whatever is not a tag of ours is encoded, since people and alerts write what they like.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Passes on what was written so far: a response takes no blocking write.</summary>
    public async Task Flush(TextWriter on, CancellationToken cancel)
    {
        await on.WriteAsync(_text, cancel);
        _text.Clear();
    }

    public void Raw(string markup) => _text.Append(markup);

    public void Text(string text) => _text.Append(HtmlEncoder.Default.Encode(text));

    public void Element(string tag, string text)
    {
        _text.Append('<').Append(tag).Append('>');
        Text(text);
        _text.Append("</").Append(tag.Split(' ')[0]).Append('>');
    }

    /// <summary>A time to the hundredth of a second with its offset, and as machines read it.</summary>
    public void Time(DateTimeOffset? at)
    {
        if (at is { } time)
            _text.Append(CultureInfo.InvariantCulture, $"<time datetime=\"{time:yyyy-MM-ddTHH:mm:ss.ffzzz}\">{time:yyyy-MM-dd HH:mm:ss.ff zzz}</time>");
        else
            _text.Append("still there");
    }

    /// <summary>A table with a caption and named columns; a reader that speaks says both.</summary>
    public void Table<T>(string caption, IReadOnlyList<string> columns, IEnumerable<T> rows, Action<T> cells)
    {
        BeginTable(caption, columns);
        foreach (var row in rows)
        {
            _text.Append("<tr>");
            cells(row);
            _text.Append("</tr>\n");
        }

        EndTable();
    }

    public void BeginTable(string caption, IReadOnlyList<string> columns)
    {
        _text.Append("<table>");
        Element("caption", caption);
        _text.Append("<thead><tr>");
        foreach (var column in columns)
            Element("th scope=\"col\"", column);
        _text.Append("</tr></thead>\n<tbody>\n");
    }

    public void EndTable() => _text.Append("</tbody></table>\n");
}
