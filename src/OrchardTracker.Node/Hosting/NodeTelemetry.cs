using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OrchardTracker.Frontends;

namespace OrchardTracker.Node;

/// <summary>Sends metrics by OTLP where that is configured.</summary>
internal sealed class NodeTelemetry : IHostedService, IDisposable
{
    private readonly MeterProvider? _provider;

    public NodeTelemetry(NodeSettings settings, IConfiguration configuration)
    {
        // The standard variables of OpenTelemetry are read by its exporter; ours only sets the address.
        if (settings.OtlpEndpoint is null && configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is null && configuration["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] is null)
        {
            return;
        }

        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("orchardtracker-node", serviceVersion: StatisticsEndpoints.Version))
            .AddMeter(TrackerMeter.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter(exporter =>
            {
                if (settings.OtlpEndpoint is { } endpoint)
                {
                    exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                    exporter.Endpoint = new Uri(endpoint.ToString().TrimEnd('/') + "/v1/metrics");
                }
            })
            .Build();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What happened last is worth as much as the rest.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.ForceFlush(2_000), CancellationToken.None);

    public void Dispose() => _provider?.Dispose();
}
