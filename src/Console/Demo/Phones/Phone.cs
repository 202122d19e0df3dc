using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Console.Demo.Script;
using Interop.Console.Demo.Speech;
using Microsoft.Extensions.Logging;

namespace Interop.Console.Demo.Phones;

/// <summary>A SIP phone with one line, at an address of its own.</summary>
internal sealed class Phone(PhoneRole role, IPEndPoint hub, VoiceClock clock, PhoneNumbers numbers, TimeProvider time, ILoggerFactory logs)
    : ISipApplication, IAsyncDisposable
{
    /// <summary>The same at each start, because a hub that comes back calls its phones where they were.</summary>
    private const int UsualPort = 5070;

    private SipStack? _stack;
    private PhoneCall? _call;
    private int _port = UsualPort;

    /// <summary>The call that the phone is in.</summary>
    public PhoneCall? Call => Volatile.Read(ref _call);

    /// <summary>Switches it on, on the port that it had.</summary>
    /// <exception cref="SocketException">The system does not have the address: only Linux and Windows have all of 127.0.0.0/8.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        try
        {
            _stack = await ListenAsync(_port, cancel);
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            _stack = await ListenAsync(0, cancel);
        }

        _port = _stack.LocalEndPoint.Port;
    }

    /// <summary>Calls a room; false when it was not let in.</summary>
    public async Task<bool> CallAsync(string room, CancellationToken cancel)
    {
        if (Call?.Room == room)
            return true;
        if (_stack is not { } stack)
            return false;
        await HangUpAsync();
        var call = NewCall(room);
        var outgoing = stack.Invite(new OutgoingInvite
        {
            From = Self(stack),
            Target = SipUri.Create(room, hub.Address.ToString(), hub.Port),
            Offer = call.Offer(),
        });
        await using var notWanted = cancel.Register(outgoing.Cancel);
        if (await outgoing.Completion is CallOutcome.Answered answered)
        {
            if (Interlocked.CompareExchange(ref _call, call, null) is null)
            {
                call.Connect(answered.Call, answered.Remote);
                return true;
            }

            // Called in the same moment: one line, one call.
            await answered.Call.ByeAsync();
        }

        call.Dispose();
        return Call?.Room == room;
    }

    public Task SayAsync(SpokenLine line) => Call?.Voice.SayAsync(line) ?? Task.CompletedTask;

    /// <summary>Sends a text within the call.</summary>
    public async Task<bool> WriteAsync(string text) =>
        Call?.Call is { } call
        && (await call.SendAsync(SipMethods.Message, "text/plain", Encoding.UTF8.GetBytes(text))).Status is >= 200 and < 300;

    public async Task HangUpAsync()
    {
        if (Interlocked.Exchange(ref _call, null) is not { } call)
            return;
        call.Dispose();
        if (call.Call is { } dialog)
            await dialog.ByeAsync();
    }

    /// <summary>Is gone without a BYE: sockets closed, calls forgotten.</summary>
    public async Task VanishAsync()
    {
        if (Interlocked.Exchange(ref _stack, null) is { } stack)
            await stack.DisposeAsync();
        Interlocked.Exchange(ref _call, null)?.Dispose();
    }

    /// <summary>The hub calls: back after a loss, or because somebody dialled the phone from a room.</summary>
    public ValueTask OnInviteAsync(IncomingCall incoming, CancellationToken cancellation)
    {
        var call = NewCall(incoming.Request.From.Uri.UserName);
        if (incoming.Offer is null || call.Answer(incoming.Offer) is not { } answer)
            Refuse(incoming, call, 488);
        else if (Interlocked.CompareExchange(ref _call, call, null) is not null)
            Refuse(incoming, call, 486);
        else
            call.Connect(incoming.Accept(answer), incoming.Offer);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes the room's chat; everything else the stack answers.</summary>
    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) =>
        new(request.Method == SipMethods.Message ? SipReply.Ok : null);

    public async ValueTask DisposeAsync() => await VanishAsync();

    private async Task<SipStack> ListenAsync(int port, CancellationToken cancel)
    {
        var options = new SipOptions { Bind = [role.Address], Port = port, UserAgent = "Interop demo phone", Lanes = 1 };
        var stack = new SipStack(options, time, logs, this, numbers.Random);
        try
        {
            await stack.StartAsync(cancel);
            return stack;
        }
        catch (SocketException)
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    private PhoneCall NewCall(string room) => new(room, role.Address, numbers, clock) { Ended = Forget };

    private static void Refuse(IncomingCall incoming, PhoneCall call, int status)
    {
        incoming.Reject(new SipReply(status));
        call.Dispose();
    }

    private void Forget(PhoneCall call)
    {
        Interlocked.CompareExchange(ref _call, null, call);
        call.Dispose();
    }

    private NameAddr Self(SipStack stack) =>
        new(role.Name, SipUri.Create(role.Id, role.Address.ToString(), stack.LocalEndPoint.Port), SipParameters.Empty);
}
