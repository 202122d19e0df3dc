using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>What is said and shown in a room: chat lines and video links.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder room)
    {
        room.MapGet("/chat", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Chat)).Or(Results.Ok))
            .Produces<IReadOnlyList<ChatLine>>().WithSummary("The newest lines of chat, oldest first.");
        room.MapPost("/chat", Say).Produces<ChatLine>(201).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Posts a line; the room's phones get it as MESSAGE.");
        room.MapGet("/video", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Videos)).Or(Results.Ok))
            .Produces<IReadOnlyList<VideoLink>>().WithSummary("The room's video links.");
        room.MapPost("/video", Show).Produces<VideoLink>(201).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Posts a video link.");
        room.MapDelete("/video/{id}", static async (string code, string id, SignedIn caller, RoomDesk desk) =>
                (await desk.Execute(code, new RemoveVideo(id), caller)).Or(static _ => Results.NoContent()))
            .Produces(204).ProducesProblem(403).WithSummary("Takes a video link away.");
    }

    private static async Task<IResult> Say(string code, ChatRequest request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new PostChat(request.Text ?? ""), caller, static (room, id) => room.Chat.LastOrDefault(line => line.Id == id)))
        .Or(line => Results.Created($"/api/rooms/{code}/chat/{line.Id}", line));

    private static async Task<IResult> Show(string code, VideoRequest request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new PostVideo(request.Title ?? "", request.Url ?? ""), caller, static (room, id) => room.Videos.FirstOrDefault(video => video.Id == id)))
        .Or(video => Results.Created($"/api/rooms/{code}/video/{video.Id}", video));
}
