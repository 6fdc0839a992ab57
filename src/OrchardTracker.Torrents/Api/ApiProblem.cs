using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace OrchardTracker.Torrents.Api;

/// <summary>Answers that say what is wrong, as problem details (RFC 9457).</summary>
internal static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    /// <summary>401 to who has not said who he is, 403 to who may not.</summary>
    public static ProblemHttpResult NotAllowed(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            return TypedResults.Problem("You may not do this.", statusCode: StatusCodes.Status403Forbidden);
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return TypedResults.Problem("Say who you are, by a bearer token.", statusCode: StatusCodes.Status401Unauthorized);
    }

    public static ProblemHttpResult NoTorrent() => TypedResults.Problem("There is no such torrent.", statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Bad(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>It is understood and cannot be done.</summary>
    public static ProblemHttpResult Refused(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity);

    public static ProblemHttpResult Duplicate(string infoHash, string pageUrl) => TypedResults.Problem(
        "The site has this torrent already.",
        statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?> { ["infoHash"] = infoHash, ["pageUrl"] = pageUrl });
}
