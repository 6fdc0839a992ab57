using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OrchardTracker.Bench;

/// <summary>
/// The least that Kestrel can do: a routed endpoint with a constant answer as long as an announce's. What a tracker in
/// ASP.NET Core cannot be faster than, and is compared with.
/// </summary>
internal static class BareEndpoint
{
    private static readonly byte[] Answer = [.. "d8:intervali1800e5:peers300:"u8, .. new byte[300], (byte)'e'];

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/announce", context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = Answer.Length;
            return context.Response.Body.WriteAsync(Answer).AsTask();
        });
        await app.RunAsync();
    }
}
