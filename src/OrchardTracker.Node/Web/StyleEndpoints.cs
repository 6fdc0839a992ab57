using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OrchardTracker.Node;

/// <summary>The stylesheet and the icon, which are part of the program.</summary>
internal static class StyleEndpoints
{
    private static readonly byte[] Style = Load("style.css");
    private static readonly byte[] Icon = Load("icon.svg");

    /// <summary>Changes with their content, so that browsers may keep them for ever.</summary>
    public static string Tag { get; } = Convert.ToHexStringLower(SHA256.HashData([.. Style, .. Icon])[..6]);

    public static void MapStyle(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/style.css", Style, "text/css; charset=utf-8");
        Map(routes, "/icon.svg", Icon, "image/svg+xml");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, byte[] bytes, string type) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = context.Request.Query["v"] == Tag ? "public, max-age=31536000, immutable" : "no-cache";
            return TypedResults.Bytes(bytes, type, entityTag: new EntityTagHeaderValue($"\"{Tag}\""));
        });

    private static byte[] Load(string name)
    {
        using var stream = typeof(StyleEndpoints).Assembly.GetManifestResourceStream($"OrchardTracker.Node.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
