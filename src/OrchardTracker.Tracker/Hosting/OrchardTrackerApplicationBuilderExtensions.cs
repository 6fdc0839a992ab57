using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Tracker.Hosting;

// Where a host's author looks for it.
namespace Microsoft.AspNetCore.Builder;

public static class OrchardTrackerApplicationBuilderExtensions
{
    /// <summary>
    /// Answers the announces of all tenants before Orchard Core begins: the fast path. Optional; put it before
    /// <c>UseOrchardCore()</c>. A tenant that is not activated yet, or has no tracker, is left to Orchard Core.
    /// </summary>
    /// <remarks>
    /// A <c>WebApplication</c> puts the host's authentication before all that its author adds, unless he places it himself:
    /// a scope of services for each announce. So it is placed here, after the announces; all others meet it as they would.
    /// </remarks>
    public static IApplicationBuilder UseOrchardTracker(this IApplicationBuilder app)
    {
        var finder = ActivatorUtilities.CreateInstance<TenantFinder>(app.ApplicationServices);
        app.Use(next => context =>
        {
            var path = context.Request.Path;
            var (tracker, prefix) = finder.Find(context.Request.Host, path);
            if (tracker is null)
            {
                return next(context);
            }

            ReadOnlySpan<char> rest = path.Value;
            if (!string.IsNullOrEmpty(prefix))
            {
                rest = rest[(1 + prefix.Length)..];
            }

            return tracker.Http.TryHandle(context, rest) ? Task.CompletedTask : next(context);
        });
        var services = app.ApplicationServices.GetService<IServiceProviderIsService>();
        return services?.IsService(typeof(IAuthenticationSchemeProvider)) == true ? app.UseAuthentication() : app;
    }
}
