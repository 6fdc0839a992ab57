using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OrchardTracker.Torrents.Live;

/// <summary>Answers <c>torrents/live</c> in the tenant before routing and everything else: no session, no queries.</summary>
internal sealed class LiveCountsFilter(LiveCountsStream stream) : IStartupFilter
{
    public static readonly PathString Path = "/torrents/live";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(
            context => context.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase) && HttpMethods.IsGet(context.Request.Method),
            live =>
            {
                // By the site's settings, which otherwise are applied later than this.
                live.UseForwardedHeaders();
                live.Run(stream.AnswerAsync);
            });
        next(app);
    };
}
