namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>What can happen to a transaction.</summary>
internal enum TransactionEvent
{
    Started,
    Provisional,
    Success,
    Failure,
    Request,
    Ack,
    SendProvisional,
    SendSuccess,
    SendFailure,
    TransportError,
    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerK,
    TimerL,
    TimerM,
}

/// <summary>What a transaction does in answer; several at once.</summary>
[Flags]
internal enum TransactionActions
{
    None = 0,

    /// <summary>Send the request, or the last response, once more or for the first time.</summary>
    Send = 1 << 0,

    /// <summary>Send the ACK of a failure.</summary>
    SendAck = 1 << 1,

    /// <summary>Hand the message to the user of the transaction.</summary>
    PassUp = 1 << 2,

    /// <summary>Tell the user that nobody answered.</summary>
    ReportTimeout = 1 << 3,

    /// <summary>Tell the user that the transport failed.</summary>
    ReportTransportError = 1 << 4,

    /// <summary>Stop every timer; comes before the starts of the same step.</summary>
    StopTimers = 1 << 5,

    /// <summary>Start the timer of that letter; A, E and G grow with each start.</summary>
    StartA = 1 << 6,
    StartB = 1 << 7,
    StartD = 1 << 8,
    StartE = 1 << 9,

    /// <summary>Start timer E at T2 (RFC 3261 section 17.1.2.2, Proceeding).</summary>
    StartEAtT2 = 1 << 10,
    StartF = 1 << 11,
    StartG = 1 << 12,
    StartH = 1 << 13,
    StartI = 1 << 14,
    StartJ = 1 << 15,
    StartK = 1 << 16,
    StartL = 1 << 17,
    StartM = 1 << 18,
}

/// <summary>The states of all four machines; each uses those that its figure in the RFC shows.</summary>
internal enum TransactionState
{
    Calling,
    Trying,
    Proceeding,
    Completed,
    Confirmed,
    Accepted,
    Terminated,
}

/// <summary>Where a transaction goes and what it does on the way.</summary>
internal readonly record struct TransactionStep(TransactionState Next, TransactionActions Actions)
{
    /// <summary>Nothing happens.</summary>
    public static TransactionStep Stay(TransactionState state) => new(state, TransactionActions.None);
}

/// <summary>One of the four machines: (state, event) to (next state, actions), without clock, socket or memory.</summary>
internal delegate TransactionStep TransactionMachine(TransactionState state, TransactionEvent happened, bool reliable);
