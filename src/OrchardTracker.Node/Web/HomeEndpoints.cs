using Microsoft.AspNetCore.Http.HttpResults;

namespace OrchardTracker.Node;

/// <summary>The page for people.</summary>
internal static class HomeEndpoints
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapHome(this IEndpointRouteBuilder routes, PublicAddress address, HomeModelBuilder models) =>
        routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            if (address.Of(context.Request) is not { } root)
            {
                return WebFaults.UnusableHost();
            }

            var headers = context.Response.Headers;
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return new RazorComponentResult<HomePage>(new { Model = models.Build(root, HomeQuery.Read(context.Request.Query)) });
        });
}
