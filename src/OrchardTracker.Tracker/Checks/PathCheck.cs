using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Autoroute.Core.Indexes;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Routing;
using OrchardTracker.Frontends;
using OrchardTracker.Tracker.Services;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Tracker.Checks;

/// <summary>Whether the site has pages at or below the addresses at which the tracker answers: nobody can open them.</summary>
internal sealed class PathCheck(
    SiteTracker tracker, ISession session, IEnumerable<EndpointDataSource> routes, IServiceProvider services, IStringLocalizer<PathCheck> localizer)
{
    internal readonly IStringLocalizer S = localizer;

    private HttpTrackerOptions Options => tracker.Tenant.Http.Options;

    public async Task<IReadOnlyList<CheckResult>> CheckAsync()
    {
        List<CheckResult> results = [];
        foreach (var place in new[] { Options.AnnouncePath, Options.ScrapePath })
        {
            await CheckContentAsync(place, results);
            results.AddRange(routes.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => IsBelow(route.RoutePattern, place))
                .DistinctBy(route => (route.RoutePattern.RawText, OwnerOf(route)))
                .Select(route => new CheckResult(
                    CheckState.Bad,
                    S["The path {0}", place],
                    S["The site has pages of its own at “{0}” ({1}), but the tracker answers first: nobody can open them. Give the tracker another path (Settings, Tracker, Network).", "/" + route.RoutePattern.RawText?.TrimStart('/'), OwnerOf(route)])));
        }

        return results;
    }

    private async Task CheckContentAsync(string place, List<CheckResult> results)
    {
        // Only there when the feature Autoroute is on; without it there is no such index either.
        if (services.GetService<IAutorouteEntries>() is null || services.GetService<IContentManager>() is not { } contents)
        {
            return;
        }

        var text = place.Trim('/');
        var candidates = await session.QueryIndex<AutoroutePartIndex>(index => index.Published && index.Path.Contains(text)).ListAsync();
        foreach (var entry in candidates.DistinctBy(entry => entry.Path))
        {
            var path = "/" + entry.Path.Trim('/');
            if (!HttpTracker.IsPathOf(path, place))
            {
                continue;
            }

            var name = (await contents.GetAsync(entry.ContentItemId))?.DisplayText;
            name = string.IsNullOrEmpty(name) ? entry.ContentItemId : name;
            results.Add(new(
                CheckState.Bad,
                S["The path {0}", place],
                path == place
                    ? S["The content item “{0}” has the same path as the tracker, which answers first: nobody can open the page there. Give it another permalink, or the tracker another path (Settings, Tracker, Network).", name]
                    : S["The content item “{0}” stands at {1}, where the tracker takes what follows its path for a passkey and answers first: nobody can open the page there. Give it another permalink, or the tracker another path (Settings, Tracker, Network).", name, path]));
        }
    }

    /// <summary>
    /// Whether a route is written with a path of the tracker and at most one segment more. Routes that begin with a
    /// parameter match all kinds of paths: their pages have other addresses as well.
    /// </summary>
    private static bool IsBelow(RoutePattern pattern, string place)
    {
        var segments = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pattern.PathSegments.Count - segments.Length is 0 or 1
            && segments.Index().All(segment => pattern.PathSegments[segment.Index] is { IsSimple: true, Parts: [RoutePatternLiteralPart literal] } && literal.Content == segment.Item);
    }

    private static string OwnerOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action ? action.ControllerTypeInfo.Assembly.GetName().Name! : route.DisplayName ?? "?";
}
