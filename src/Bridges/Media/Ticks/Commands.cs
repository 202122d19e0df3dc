using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Floors;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Prompts;
using Interop.Bridges.Media.Recording;
using Interop.Bridges.Media.Rooms;

namespace Interop.Bridges.Media.Ticks;

internal sealed class AddRoom(Room room) : MediaCommand
{
    public override void Apply(MediaLoop loop) => loop.Add(room);
}

internal sealed class RemoveRoom(Room room) : MediaCommand
{
    public override void Apply(MediaLoop loop) => loop.Remove(room);
}

internal sealed class AddLeg(Room room, Leg leg) : MediaCommand
{
    public override void Apply(MediaLoop loop) => loop.Add(room, leg);
}

internal sealed class AddBrowser(Room room, PhoneLeg leg, BrowserLane lane, PhoneRemote remote) : MediaCommand
{
    public override void Apply(MediaLoop loop)
    {
        loop.Add(room, leg, lane);
        leg.SetRemote(remote, security: null);
    }
}

internal sealed class RemoveLeg(Room room, Leg leg) : MediaCommand
{
    public override void Apply(MediaLoop loop) => loop.Remove(room, leg);
}

internal sealed class ChangeMode(Leg leg, LegMode mode) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.SetMode(mode);
}

internal sealed class ChangeFocus(PhoneLeg leg, bool focus) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.IsFocus = focus;
}

internal sealed class ChangePriority(Leg leg, int priority) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.Priority = priority;
}

internal sealed class ChangeGain(Leg leg, double decibels) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.Level.Set = decibels;
}

internal sealed class PlayPrompts(PhoneLeg leg, Playback playback, bool ifQuiet) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.Play(playback, ifQuiet);
}

internal sealed class HoldKey(PhoneLeg leg, TimeSpan lease) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.TalksUntil = loop.Now + lease;
}

internal sealed class PressKey(PhoneLeg leg, char key) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.Press(key, loop.Now);
}

internal sealed class ChangeRemote(PhoneLeg leg, PhoneRemote remote, LegSecurity? security) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.SetRemote(remote, security);
}

internal sealed class ChangeTalker(Leg leg, Talker? talker) : MediaCommand
{
    public override void Apply(MediaLoop loop) => leg.Mark.Talker = talker;
}

internal sealed class ChangeTap(Room room, RoomTap? tap) : MediaCommand
{
    public override void Apply(MediaLoop loop) => room.Tap = tap;
}

internal sealed class ChangeFloor(Room room, FloorSettings settings) : MediaCommand
{
    public override void Apply(MediaLoop loop) => room.FloorSettings = settings;
}

/// <summary>Tells its poster that everything posted before it has been done.</summary>
internal sealed class Milestone : MediaCommand
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public override void Apply(MediaLoop loop) => _reached.TrySetResult();
}
