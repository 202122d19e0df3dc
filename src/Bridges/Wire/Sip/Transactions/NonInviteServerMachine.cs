using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionEvent;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionState;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The server transaction of every other method: RFC 3261 figure 8.</summary>
internal static class NonInviteServerMachine
{
    public static TransactionStep Step(TransactionState state, TransactionEvent happened, bool reliable) => state switch
    {
        Trying => InTrying(happened, reliable),
        Proceeding => InProceeding(happened, reliable),
        Completed => InCompleted(happened),
        _ => TransactionStep.Stay(state),
    };

    /// <summary>Nothing was answered yet, so a retransmitted request is discarded.</summary>
    private static TransactionStep InTrying(TransactionEvent happened, bool reliable) => happened switch
    {
        SendProvisional => new(Proceeding, Send),
        _ => Answered(Trying, happened, reliable),
    };

    private static TransactionStep InProceeding(TransactionEvent happened, bool reliable) => happened switch
    {
        Request => new(Proceeding, Send),
        SendProvisional => new(Proceeding, Send),
        _ => Answered(Proceeding, happened, reliable),
    };

    private static TransactionStep InCompleted(TransactionEvent happened) => happened switch
    {
        Request => new(Completed, Send),
        TimerJ => new(Terminated, StopTimers),
        TransportError => new(Terminated, ReportTransportError | StopTimers),
        _ => TransactionStep.Stay(Completed),
    };

    private static TransactionStep Answered(TransactionState state, TransactionEvent happened, bool reliable) => happened switch
    {
        SendSuccess or SendFailure when reliable => new(Terminated, Send | StopTimers),
        SendSuccess or SendFailure => new(Completed, Send | StartJ),
        TransportError => new(Terminated, ReportTransportError | StopTimers),
        _ => TransactionStep.Stay(state),
    };
}
