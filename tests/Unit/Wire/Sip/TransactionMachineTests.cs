using Interop.Bridges.Wire.Sip.Transactions;
using Xunit;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionEvent;
using static Interop.Bridges.Wire.Sip.Transactions.TransactionState;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Each arrow of figures 5 to 8 of RFC 3261, as RFC 6026 corrects them.</summary>
public sealed class TransactionMachineTests
{
    [Theory]
    [InlineData(Calling, Started, false, Calling, Send | StartA | StartB)]
    [InlineData(Calling, Started, true, Calling, Send | StartB)]
    [InlineData(Calling, TimerA, false, Calling, Send | StartA)]
    [InlineData(Calling, TimerB, false, Terminated, ReportTimeout | StopTimers)]
    [InlineData(Calling, TransportError, false, Terminated, ReportTransportError | StopTimers)]
    [InlineData(Calling, Provisional, false, Proceeding, PassUp | StopTimers)]
    [InlineData(Calling, Success, false, Accepted, PassUp | StopTimers | StartM)]
    [InlineData(Calling, Failure, false, Completed, PassUp | SendAck | StopTimers | StartD)]
    [InlineData(Proceeding, Provisional, false, Proceeding, PassUp | StopTimers)]
    [InlineData(Proceeding, Success, false, Accepted, PassUp | StopTimers | StartM)]
    [InlineData(Proceeding, Failure, false, Completed, PassUp | SendAck | StopTimers | StartD)]
    [InlineData(Proceeding, Failure, true, Terminated, PassUp | SendAck | StopTimers)]
    [InlineData(Completed, Failure, false, Completed, SendAck)]
    [InlineData(Completed, TimerD, false, Terminated, StopTimers)]
    [InlineData(Accepted, Success, false, Accepted, PassUp)]
    [InlineData(Accepted, Failure, false, Accepted, None)]
    [InlineData(Accepted, TimerM, false, Terminated, StopTimers)]
    [InlineData(Terminated, Success, false, Terminated, None)]
    internal void Invite_client(TransactionState state, TransactionEvent happened, bool reliable, TransactionState next, TransactionActions actions) =>
        Assert.Equal(new TransactionStep(next, actions), InviteClientMachine.Step(state, happened, reliable));

    [Theory]
    [InlineData(Trying, Started, false, Trying, Send | StartE | StartF)]
    [InlineData(Trying, Started, true, Trying, Send | StartF)]
    [InlineData(Trying, TimerE, false, Trying, Send | StartE)]
    [InlineData(Trying, TimerF, false, Terminated, ReportTimeout | StopTimers)]
    [InlineData(Trying, TransportError, false, Terminated, ReportTransportError | StopTimers)]
    [InlineData(Trying, Provisional, false, Proceeding, PassUp)]
    [InlineData(Trying, Success, false, Completed, PassUp | StopTimers | StartK)]
    [InlineData(Proceeding, TimerE, false, Proceeding, Send | StartEAtT2)]
    [InlineData(Proceeding, TimerF, false, Terminated, ReportTimeout | StopTimers)]
    [InlineData(Proceeding, Provisional, false, Proceeding, PassUp)]
    [InlineData(Proceeding, Failure, false, Completed, PassUp | StopTimers | StartK)]
    [InlineData(Proceeding, Failure, true, Terminated, PassUp | StopTimers)]
    [InlineData(Completed, Success, false, Completed, None)]
    [InlineData(Completed, TimerK, false, Terminated, StopTimers)]
    internal void Non_invite_client(TransactionState state, TransactionEvent happened, bool reliable, TransactionState next, TransactionActions actions) =>
        Assert.Equal(new TransactionStep(next, actions), NonInviteClientMachine.Step(state, happened, reliable));

    [Theory]
    [InlineData(Proceeding, TransactionEvent.Request, false, Proceeding, Send)]
    [InlineData(Proceeding, SendProvisional, false, Proceeding, Send)]
    [InlineData(Proceeding, SendSuccess, false, Accepted, Send | StartL)]
    [InlineData(Proceeding, SendFailure, false, Completed, Send | StartG | StartH)]
    [InlineData(Proceeding, SendFailure, true, Completed, Send | StartH)]
    [InlineData(Proceeding, TransportError, false, Terminated, ReportTransportError | StopTimers)]
    [InlineData(Completed, TransactionEvent.Request, false, Completed, Send)]
    [InlineData(Completed, TimerG, false, Completed, Send | StartG)]
    [InlineData(Completed, TimerH, false, Terminated, ReportTimeout | StopTimers)]
    [InlineData(Completed, Ack, false, Confirmed, StopTimers | StartI)]
    [InlineData(Completed, Ack, true, Terminated, StopTimers)]
    [InlineData(Confirmed, Ack, false, Confirmed, None)]
    [InlineData(Confirmed, TransactionEvent.Request, false, Confirmed, None)]
    [InlineData(Confirmed, TimerI, false, Terminated, StopTimers)]
    [InlineData(Accepted, TransactionEvent.Request, false, Accepted, None)]
    [InlineData(Accepted, SendSuccess, false, Accepted, Send)]
    [InlineData(Accepted, Ack, false, Accepted, PassUp)]
    [InlineData(Accepted, TimerL, false, Terminated, StopTimers)]
    internal void Invite_server(TransactionState state, TransactionEvent happened, bool reliable, TransactionState next, TransactionActions actions) =>
        Assert.Equal(new TransactionStep(next, actions), InviteServerMachine.Step(state, happened, reliable));

    [Theory]
    [InlineData(Trying, TransactionEvent.Request, false, Trying, None)]
    [InlineData(Trying, SendProvisional, false, Proceeding, Send)]
    [InlineData(Trying, SendSuccess, false, Completed, Send | StartJ)]
    [InlineData(Trying, SendFailure, true, Terminated, Send | StopTimers)]
    [InlineData(Proceeding, TransactionEvent.Request, false, Proceeding, Send)]
    [InlineData(Proceeding, SendProvisional, false, Proceeding, Send)]
    [InlineData(Proceeding, SendFailure, false, Completed, Send | StartJ)]
    [InlineData(Proceeding, TransportError, false, Terminated, ReportTransportError | StopTimers)]
    [InlineData(Completed, TransactionEvent.Request, false, Completed, Send)]
    [InlineData(Completed, SendSuccess, false, Completed, None)]
    [InlineData(Completed, TimerJ, false, Terminated, StopTimers)]
    internal void Non_invite_server(TransactionState state, TransactionEvent happened, bool reliable, TransactionState next, TransactionActions actions) =>
        Assert.Equal(new TransactionStep(next, actions), NonInviteServerMachine.Step(state, happened, reliable));

    [Fact]
    public void A_terminated_machine_leaves_no_timer_running_and_never_wakes()
    {
        TransactionMachine[] machines = [InviteClientMachine.Step, NonInviteClientMachine.Step, InviteServerMachine.Step, NonInviteServerMachine.Step];
        foreach (var machine in machines)
        {
            foreach (var state in Enum.GetValues<TransactionState>())
            {
                foreach (var happened in Enum.GetValues<TransactionEvent>())
                {
                    var step = machine(state, happened, false);
                    if (state == Terminated) Assert.Equal(TransactionStep.Stay(Terminated), step);
                    else if (step.Next == Terminated) Assert.True(step.Actions.HasFlag(StopTimers), $"{state} {happened}");
                }
            }
        }
    }
}
