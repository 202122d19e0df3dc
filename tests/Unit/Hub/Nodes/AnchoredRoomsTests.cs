using System.Net;
using System.Reflection;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Xunit;

namespace Interop.Tests.Unit.Hub.Nodes;

/// <summary>Of two activations of a room one is in command, and every node knows who has which room.</summary>
public sealed class AnchoredRoomsTests
{
    private static readonly RoomCode Room = new("4201");
    private readonly FakeTimeProvider _time = new();
    private readonly Calls _media = Calls.On<IAnchorMedia>(out var media).Keep(media);
    private readonly Calls _activation = Calls.On<IGrainContext>(out var activation).Keep(activation);
    private readonly AnchoredRooms _rooms;

    public AnchoredRoomsTests() => _rooms = new AnchoredRooms((IAnchorMedia)_media.Kept!, _time, NullLogger<AnchoredRooms>.Instance);

    [Fact]
    public void A_room_that_is_elsewhere_in_a_later_epoch_is_silent_here_at_once_and_its_activation_ends()
    {
        Hold(epoch: 4);
        _rooms.Yield(Room, 3);
        _rooms.Yield(Room, 4);
        Assert.Empty(_media.Made);

        _rooms.Yield(Room, 5);
        Assert.Equal(["Release"], _media.Made);
        Assert.Equal(["Deactivate"], _activation.Made);
        Assert.Empty(_rooms.All);
    }

    [Fact]
    public void A_room_that_is_handed_over_is_heard_here_until_the_other_node_has_it()
    {
        Hold(epoch: 4);
        _rooms.HandOver(Room, 4);
        Assert.Empty(_media.Made);
        Assert.True(_rooms.Has(Room, 4));

        _rooms.Yield(Room, 5);
        Assert.Equal(["Release"], _media.Made);
        Assert.False(_rooms.Has(Room, 4));
    }

    [Fact]
    public void A_room_that_nobody_takes_over_is_not_heard_here_for_ever()
    {
        Hold(epoch: 4);
        _rooms.HandOver(Room, 4);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["Release"], _media.Made);
    }

    [Fact]
    public void Who_listens_late_hears_of_every_room_first_and_then_of_each_change()
    {
        Hold(epoch: 4);
        var heard = new List<AnchorNews>();
        _rooms.Listen(heard.Add);
        _rooms.Release(Room, 3);
        _rooms.Release(Room, 4);
        Assert.Equal([new AnchorNews(Room, 4, Here: true), new AnchorNews(Room, 4, Here: false)], heard);
    }

    [Fact]
    public void Rooms_that_were_lost_are_shared_out_by_a_rule_that_every_survivor_comes_to()
    {
        var survivors = new[] { 1, 2, 3 }.Select(node => SiloAddress.New(IPAddress.Parse($"10.0.0.{node}"), 11_111, 7)).ToArray();
        var heirs = Enumerable.Range(4201, 300).Select(code => Rescue.Heir(new RoomCode($"{code}"), survivors)).ToArray();

        Assert.Equal(heirs, Enumerable.Range(4201, 300).Select(code => Rescue.Heir(new RoomCode($"{code}"), [.. survivors.Reverse()])));
        Assert.All(survivors, silo => Assert.InRange(heirs.Count(heir => heir.Equals(silo)), 70, 130));
    }

    private void Hold(long epoch) => _rooms.Hold(Room, epoch, (IGrainContext)_activation.Kept!);
}

/// <summary>Remembers which methods of an interface were called.</summary>
public class Calls : DispatchProxy
{
    public List<string> Made { get; } = [];

    public object? Kept { get; private set; }

    public static Calls On<T>(out T made)
        where T : class
    {
        made = Create<T, Calls>();
        return (Calls)(object)made;
    }

    public Calls Keep(object made)
    {
        Kept = made;
        return this;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Made.Add(targetMethod!.Name);
        return null;
    }
}
