using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>What makes two requests the same one (RFC 3261 section 17.2.3).</summary>
internal readonly record struct TransactionKey(string Branch, string SentBy, string Method)
{
    public static TransactionKey OfRequest(SipRequest request) =>
        Of(request, request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method);

    /// <summary>The INVITE that a CANCEL means (section 9.2).</summary>
    public static TransactionKey OfCancelled(SipRequest cancel) => Of(cancel, SipMethods.Invite);

    private static TransactionKey Of(SipRequest request, string method)
    {
        var via = request.Via;
        if (via.HasUniqueBranch) return new(via.Branch!.ToLowerInvariant(), via.SentBy.ToLowerInvariant(), method);
        // Elements older than RFC 3261: the header fields that section 17.2.3 lists stand in for the branch.
        var older = string.Join('|', request.Uri, request.From.Tag, request.CallId, request.CSeq.Number, via.Branch);
        return new(older, via.SentBy.ToLowerInvariant(), method);
    }
}

/// <summary>What a request that reached us twice over two paths has in common with itself (RFC 3261 section 8.2.2.2).</summary>
internal readonly record struct MergeKey(string CallId, string? FromTag, CSeq CSeq)
{
    public static MergeKey Of(SipRequest request) => new(request.CallId, request.From.Tag, request.CSeq);
}
