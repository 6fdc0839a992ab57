using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using OrchardTracker.Frontends;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>Puts the node together.</summary>
public static class NodeApplication
{
    /// <exception cref="SettingsException">The settings cannot be used.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(NodeApplication).Assembly.GetName().Name });

        // The file beside the program counts least; the one in the working folder comes with the framework.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"),
            Optional = true,
            ReloadOnChange = true,
        });
        ((JsonConfigurationSource)builder.Configuration.Sources[0]).ResolveFileProvider();
        NodeLogging.Configure(builder.Logging, builder.Configuration);
        configure?.Invoke(builder);
        var settings = NodeSettings.Read(builder.Configuration);
        var warnings = settings.Unknown.Select(key => $"{key} is no setting of this program: nothing reads it. See \"serve --help\" for those there are.").ToList();
        var state = StateFolder.Open(settings.State, warnings.Add);
        ConfigureServer(builder, settings.Tracker);
        AddServices(builder.Services, settings, state);
        var app = builder.Build();
        warnings.ForEach(warning => NodeLogging.Warn(app.Logger, warning));
        Map(app, settings);
        return app;
    }

    private static void ConfigureServer(WebApplicationBuilder builder, TrackerSection tracker)
    {
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;

            // So that an overlong announce is told so by the tracker, in a form that its client can show.
            kestrel.Limits.MaxRequestLineSize = 32 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            foreach (var address in tracker.Addresses)
            {
                if (address.IP is null)
                {
                    kestrel.ListenAnyIP(tracker.Port, Configure);
                }
                else
                {
                    kestrel.Listen(address.IP, tracker.Port, Configure);
                }
            }

            static void Configure(ListenOptions listen)
            {
                // HTTP/2 without TLS cannot be negotiated.
                listen.Protocols = HttpProtocols.Http1;
                listen.UseBareIPv6Hosts();
            }
        });
    }

    private static void AddServices(IServiceCollection services, NodeSettings settings, StateFolder state)
    {
        services.AddSingleton(settings);
        services.AddSingleton(_ => state);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new TrackerEngine(settings.Tracker.Engine, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HttpTracker(provider.GetRequiredService<TrackerEngine>(), settings.Tracker.Http));
        services.AddSingleton(provider => new TotalsCache(provider.GetRequiredService<TrackerEngine>().Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ServedTorrents(provider.GetRequiredService<TrackerEngine>().Torrents));
        services.AddSingleton(provider => new TrackerMeter(
            provider.GetRequiredService<TrackerEngine>(), provider.GetRequiredService<TotalsCache>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var meter = provider.GetRequiredService<TrackerMeter>().Meter;
            return new PrometheusExposition(instrument => IsExposed(instrument, meter));
        });
        services.AddSingleton<ListeningPort>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<ServedTorrent>();
        services.AddSingleton<HomeModelBuilder>();
        services.AddSingleton<FolderService>();
        services.AddHostedService<SnapshotService>();
        services.AddHostedService<HashListService>();
        services.AddHostedService(provider => provider.GetRequiredService<FolderService>());
        services.AddHostedService<SweepService>();
        services.AddHostedService<UdpService>();
        services.AddHostedService<SettingsReload>();
        services.AddHostedService<NodeTelemetry>();
        services.AddHostedService<Greeting>();
        services.AddHealthChecks().AddCheck<FolderHealth>("folder");
        services.AddRazorComponents();
        services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, settings.Tracker.Http));
    }

    private static void TrustProxies(ForwardedHeadersOptions options, HttpTrackerOptions http)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in http.TrustedProxies)
        {
            options.KnownIPNetworks.Add(network);
        }
    }

    private static void Map(WebApplication app, NodeSettings settings)
    {
        // First: an announce meets nothing else of the host.
        app.UseTracker(app.Services.GetRequiredService<HttpTracker>());
        if (settings.Tracker.Http.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        var (folder, address, served) = (
            app.Services.GetRequiredService<FolderService>(), app.Services.GetRequiredService<PublicAddress>(), app.Services.GetRequiredService<ServedTorrent>());
        app.MapHome(address, app.Services.GetRequiredService<HomeModelBuilder>());
        app.MapStyle();
        app.MapTorrents(folder, address, served);
        app.MapFiles(folder);
        app.MapStatistics(app.Services);
    }

    // Those of the runtime are observed, as ours are; those of ASP.NET Core would cost each announce.
    private static bool IsExposed(Instrument instrument, Meter tracker) => instrument.Meter == tracker || instrument.Meter.Name == "System.Runtime";
}
