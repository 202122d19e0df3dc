using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>What makes two requests the same one (RFC 3261 section 17.2.3); branch and host are compared without case.</summary>
internal readonly record struct TransactionKey(string Branch, string Host, int? Port, string Method)
{
    public static TransactionKey OfRequest(SipRequest request) =>
        Of(request, request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method);

    /// <summary>The INVITE that a CANCEL means (section 9.2).</summary>
    public static TransactionKey OfCancelled(SipRequest cancel) => Of(cancel, SipMethods.Invite);

    public bool Equals(TransactionKey other) =>
        Port == other.Port
        && string.Equals(Method, other.Method, StringComparison.Ordinal)
        && string.Equals(Branch, other.Branch, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Branch.GetHashCode(StringComparison.OrdinalIgnoreCase), Port, Method);

    private static TransactionKey Of(SipRequest request, string method)
    {
        var via = request.Via;
        if (via.HasUniqueBranch) return new(via.Branch!, via.Host, via.Port, method);
        // Elements older than RFC 3261: the header fields that section 17.2.3 lists stand in for the branch.
        var older = string.Join('|', request.Uri, request.From.Tag, request.CallId, request.CSeq.Number, via.Branch);
        return new(older, via.Host, via.Port, method);
    }
}

/// <summary>What a request that reached us twice over two paths has in common with itself (RFC 3261 section 8.2.2.2).</summary>
internal readonly record struct MergeKey(string CallId, string? FromTag, CSeq CSeq)
{
    public static MergeKey Of(SipRequest request) => new(request.CallId, request.From.Tag, request.CSeq);
}
