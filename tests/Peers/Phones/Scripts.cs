namespace Interop.Tests.Peers.Phones;

/// <summary>Scripts that more than one suite runs.</summary>
public static class Scripts
{
    private static readonly TimeSpan LongEnoughToBeWritten = TimeSpan.FromSeconds(5);

    /// <summary>Calls a room, stays long enough to be sent a line of its chat, says one itself, and hangs up.</summary>
    public static SippScript Chatting(string says) => SippScript.Caller()
        .Invite(SippScript.Sdp(), "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE").MayReceive(100, 180).Receive(200).Ack()
        .Wait(LongEnoughToBeWritten)
        .InCall("MESSAGE", body: ("text/plain", says)).Receive(202)
        .HangUp();

    /// <summary>Takes a MESSAGE outside of any call, with these words in it.</summary>
    public static SippScript Takes(string text) => SippScript.Called().TakeBody("MESSAGE", text).AnswerInCall();
}
