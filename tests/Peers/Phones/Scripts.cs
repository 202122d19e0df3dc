namespace Interop.Tests.Peers.Phones;

/// <summary>Scripts that more than one suite runs.</summary>
public static class Scripts
{
    /// <summary>Calls a room, takes a line of its chat in the call, says one itself, and hangs up.</summary>
    public static SippScript Chatting(string hears, string says) => SippScript.Caller()
        .Invite(SippScript.Sdp(), "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE").MayReceive(100, 180).Receive(200).Ack()
        .TakeBody("MESSAGE", hears).AnswerInCall()
        .InCall("MESSAGE", body: ("text/plain", says)).Receive(202)
        .HangUp();
}
