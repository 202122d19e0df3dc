using Interop.Console.Host.Problems;
using Interop.Hub.Contracts;

namespace Interop.Tests.Unit.Console;

public sealed class ProblemTests
{
    [Theory]
    [InlineData(RefusalKind.NotFound, 404)]
    [InlineData(RefusalKind.Denied, 403)]
    [InlineData(RefusalKind.Invalid, 400)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.Loop, 409)]
    [InlineData(RefusalKind.Unavailable, 503)]
    public void A_refusal_has_the_status_of_its_kind(RefusalKind kind, int status) => Assert.Equal(status, Problem.Status(kind));

    [Fact]
    public void A_problem_carries_code_field_and_text()
    {
        var details = Problem.Details(409, "room.closed", "The room is closed.", "code");

        Assert.Equal("urn:interop:problem:room.closed", details.Type);
        Assert.Equal(409, details.Status);
        Assert.Equal("The room is closed.", details.Detail);
        Assert.Equal("room.closed", details.Extensions["code"]);
        Assert.Equal("code", details.Extensions["field"]);
    }
}
