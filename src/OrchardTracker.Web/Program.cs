using OrchardCore.Logging;
using OrchardTracker.Web.Hosting;

var app = SiteApplication.Create(new WebApplicationOptions { Args = args }, builder =>
{
    builder.Logging.ClearProviders();
    builder.Host.UseNLogHost();
    builder.Services.AddHostedService<Welcome>();
});
await app.RunAsync();
