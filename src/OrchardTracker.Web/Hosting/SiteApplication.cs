namespace OrchardTracker.Web.Hosting;

/// <summary>Puts the site together.</summary>
public static class SiteApplication
{
    /// <summary>Makes the site, ready to run.</summary>
    /// <param name="configure">Adds to the host; the site as it is started by hand adds its log.</param>
    /// <param name="configureOrchard">Adds to Orchard Core.</param>
    public static WebApplication Create(
        WebApplicationOptions options, Action<WebApplicationBuilder>? configure = null, Action<OrchardCoreBuilder>? configureOrchard = null)
    {
        SiteCulture.EnsureReal();
        var builder = WebApplication.CreateBuilder(options);
        SiteSetup.Configure(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // So that an overlong announce is told so by the tracker, in a form that its client can show.
            kestrel.Limits.MaxRequestLineSize = 32 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        });
        configure?.Invoke(builder);
        var orchard = builder.Services.AddOrchardCms().AddSetupFeatures("OrchardCore.AutoSetup");
        configureOrchard?.Invoke(orchard);
        var app = builder.Build();
        if (app.Configuration.GetValue("OrchardTracker:FastPath", true))
        {
            app.UseOrchardTracker();
        }

        app.UseStaticFiles();
        app.UseOrchardCore();
        return app;
    }
}
