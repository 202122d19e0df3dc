using System.Collections.Frozen;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The methods of RFC 3261 and of its extensions; methods are compared octet for octet.</summary>
public static class SipMethods
{
    public const string Invite = "INVITE";
    public const string Ack = "ACK";
    public const string Cancel = "CANCEL";
    public const string Bye = "BYE";
    public const string Options = "OPTIONS";
    public const string Register = "REGISTER";
    public const string Message = "MESSAGE";
    public const string Info = "INFO";
    public const string Update = "UPDATE";
    public const string Prack = "PRACK";
    public const string Refer = "REFER";
    public const string Subscribe = "SUBSCRIBE";
    public const string Notify = "NOTIFY";
    public const string Publish = "PUBLISH";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known =
        new[] { Invite, Ack, Cancel, Bye, Options, Register, Message, Info, Update, Prack, Refer, Subscribe, Notify, Publish }
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether an RFC that we know of defines the method.</summary>
    internal static bool IsKnown(string method) => Known.Contains(method);

    internal static string Intern(ReadOnlySpan<char> method) =>
        Known.TryGetValue(method, out var known) ? known : method.ToString();
}
