using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionEvent;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionState;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The client transaction of every other method: RFC 3261 figure 6.</summary>
internal static class NonInviteClientMachine
{
    public static TransactionStep Step(TransactionState state, TransactionEvent happened, bool reliable) => state switch
    {
        Trying => InTrying(happened, reliable),
        Proceeding => InProceeding(happened, reliable),
        Completed => InCompleted(happened),
        _ => TransactionStep.Stay(state),
    };

    private static TransactionStep InTrying(TransactionEvent happened, bool reliable) => happened switch
    {
        Started => new(Trying, Send | StartF | (reliable ? None : StartE)),
        TimerE => new(Trying, Send | StartE),
        Provisional => new(Proceeding, PassUp),
        _ => Answered(Trying, happened, reliable),
    };

    private static TransactionStep InProceeding(TransactionEvent happened, bool reliable) => happened switch
    {
        TimerE => new(Proceeding, Send | StartEAtT2),
        Provisional => new(Proceeding, PassUp),
        _ => Answered(Proceeding, happened, reliable),
    };

    private static TransactionStep InCompleted(TransactionEvent happened) => happened switch
    {
        TimerK => new(Terminated, StopTimers),
        _ => TransactionStep.Stay(Completed),
    };

    private static TransactionStep Answered(TransactionState state, TransactionEvent happened, bool reliable) => happened switch
    {
        Success or Failure when reliable => new(Terminated, PassUp | StopTimers),
        Success or Failure => new(Completed, PassUp | StopTimers | StartK),
        TimerF => new(Terminated, ReportTimeout | StopTimers),
        TransportError => new(Terminated, ReportTransportError | StopTimers),
        _ => TransactionStep.Stay(state),
    };
}
