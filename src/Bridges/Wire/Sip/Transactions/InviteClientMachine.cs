using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionEvent;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionState;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The INVITE client transaction: RFC 3261 figure 5, with the Accepted state of RFC 6026 section 7.2.</summary>
internal static class InviteClientMachine
{
    public static TransactionStep Step(TransactionState state, TransactionEvent happened, bool reliable) => state switch
    {
        Calling => InCalling(happened, reliable),
        Proceeding => InProceeding(happened, reliable),
        Completed => InCompleted(happened),
        Accepted => InAccepted(happened),
        _ => TransactionStep.Stay(state),
    };

    private static TransactionStep InCalling(TransactionEvent happened, bool reliable) => happened switch
    {
        Started => new(Calling, Send | StartB | (reliable ? None : StartA)),
        TimerA => new(Calling, Send | StartA),
        TimerB => new(Terminated, ReportTimeout | StopTimers),
        TransportError => new(Terminated, ReportTransportError | StopTimers),
        _ => InProceeding(happened, reliable),
    };

    private static TransactionStep InProceeding(TransactionEvent happened, bool reliable) => happened switch
    {
        Provisional => new(Proceeding, PassUp | StopTimers),
        Success => new(Accepted, PassUp | StopTimers | StartM),
        // Timer D is zero over a reliable transport: no failure is retransmitted there.
        Failure when reliable => new(Terminated, PassUp | SendAck | StopTimers),
        Failure => new(Completed, PassUp | SendAck | StopTimers | StartD),
        _ => TransactionStep.Stay(Proceeding),
    };

    private static TransactionStep InCompleted(TransactionEvent happened) => happened switch
    {
        Failure => new(Completed, SendAck),
        TimerD => new(Terminated, StopTimers),
        TransportError => new(Terminated, StopTimers),
        _ => TransactionStep.Stay(Completed),
    };

    /// <summary>RFC 6026: each 2xx goes up, as the user acknowledges it and ends the forks that it does not want.</summary>
    private static TransactionStep InAccepted(TransactionEvent happened) => happened switch
    {
        Success => new(Accepted, PassUp),
        TimerM => new(Terminated, StopTimers),
        _ => TransactionStep.Stay(Accepted),
    };
}
