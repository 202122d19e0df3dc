using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionEvent;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionState;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The INVITE server transaction: RFC 3261 figure 7, with the Accepted state of RFC 6026 section 7.1.</summary>
internal static class InviteServerMachine
{
    public static TransactionStep Step(TransactionState state, TransactionEvent happened, bool reliable) => state switch
    {
        Proceeding => InProceeding(happened, reliable),
        Completed => InCompleted(happened, reliable),
        Confirmed => InConfirmed(happened),
        Accepted => InAccepted(happened),
        _ => TransactionStep.Stay(state),
    };

    private static TransactionStep InProceeding(TransactionEvent happened, bool reliable) => happened switch
    {
        Request => new(Proceeding, Send),
        SendProvisional => new(Proceeding, Send),
        SendSuccess => new(Accepted, Send | StartL),
        SendFailure => new(Completed, Send | StartH | (reliable ? None : StartG)),
        TransportError => new(Terminated, ReportTransportError | StopTimers),
        _ => TransactionStep.Stay(Proceeding),
    };

    private static TransactionStep InCompleted(TransactionEvent happened, bool reliable) => happened switch
    {
        Request => new(Completed, Send),
        TimerG => new(Completed, Send | StartG),
        TimerH => new(Terminated, ReportTimeout | StopTimers),
        TransportError => new(Terminated, ReportTransportError | StopTimers),
        Ack when reliable => new(Terminated, StopTimers),
        Ack => new(Confirmed, StopTimers | StartI),
        _ => TransactionStep.Stay(Completed),
    };

    private static TransactionStep InConfirmed(TransactionEvent happened) => happened switch
    {
        TimerI => new(Terminated, StopTimers),
        _ => TransactionStep.Stay(Confirmed),
    };

    /// <summary>RFC 6026: retransmitted INVITEs are absorbed, as the user retransmits the 2xx itself.</summary>
    private static TransactionStep InAccepted(TransactionEvent happened) => happened switch
    {
        SendSuccess => new(Accepted, Send),
        Ack => new(Accepted, PassUp),
        TimerL => new(Terminated, StopTimers),
        _ => TransactionStep.Stay(Accepted),
    };
}
