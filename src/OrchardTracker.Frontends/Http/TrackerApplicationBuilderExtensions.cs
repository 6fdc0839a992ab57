using Microsoft.AspNetCore.Builder;

namespace OrchardTracker.Frontends;

public static class TrackerApplicationBuilderExtensions
{
    /// <summary>Lets a tracker answer before everything that follows.</summary>
    public static IApplicationBuilder UseTracker(this IApplicationBuilder app, HttpTracker tracker) =>
        app.Use(next => context => tracker.TryHandle(context, context.Request.Path.Value) ? Task.CompletedTask : next(context));
}
