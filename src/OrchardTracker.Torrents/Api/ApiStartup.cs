using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Api;

[Feature(TorrentFeatures.Torrents)]
public sealed class ApiStartup : StartupBase
{
    private const string Prefix = "api/torrents";
    private const string Document = "openapi";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<ApiTorrents>();
        services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith(Prefix, StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Torrents",
                    Version = "1",
                    Description = "The torrents of this site. Reading needs what reading the pages needs; for the rest, send a bearer token of the site's OpenID Connect server.",
                };
                return Task.CompletedTask;
            });
        });
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        // Tokens only, no cookies: no other site can make a visitor's browser do something here.
        var api = routes.MapGroup(Prefix)
            .WithTags("Torrents")
            .WithMetadata(new AuthorizeAttribute { AuthenticationSchemes = "Api" })
            .AllowAnonymous()
            .DisableAntiforgery();
        ReadEndpoints.Map(api);
        WriteEndpoints.Map(api);
        routes.MapOpenApi(Prefix + "/{documentName:regex(^openapi$)}.json");
    }
}
