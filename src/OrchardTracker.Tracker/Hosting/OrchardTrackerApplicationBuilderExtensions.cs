using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardTracker.Tracker.Hosting;

// Where a host's author looks for it.
namespace Microsoft.AspNetCore.Builder;

public static class OrchardTrackerApplicationBuilderExtensions
{
    /// <summary>
    /// Answers the announces of all tenants before Orchard Core begins: the fast path. Optional; put it before
    /// <c>UseOrchardCore()</c>. A tenant that is not activated yet, or has no tracker, is left to Orchard Core.
    /// </summary>
    public static IApplicationBuilder UseOrchardTracker(this IApplicationBuilder app)
    {
        var shells = app.ApplicationServices.GetRequiredService<IRunningShellTable>();
        var options = app.ApplicationServices.GetRequiredService<IOptions<ShellOptions>>().Value;
        return app.Use(next => context =>
        {
            var path = context.Request.Path;
            var settings = shells.Match(context.Request.Host, path);
            if (settings is null || !settings.IsRunning() || TrackerRegistry.Find(TenantKey.Of(options, settings)) is not { IsActive: true } tracker)
            {
                return next(context);
            }

            ReadOnlySpan<char> rest = path.Value;
            if (!string.IsNullOrEmpty(settings.RequestUrlPrefix))
            {
                rest = rest[(1 + settings.RequestUrlPrefix.Length)..];
            }

            return tracker.Http.TryHandle(context, rest) ? Task.CompletedTask : next(context);
        });
    }
}
