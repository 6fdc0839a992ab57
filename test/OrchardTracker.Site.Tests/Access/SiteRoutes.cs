using System.Reflection;
using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Access;

/// <summary>
/// Lists the routes of our modules in a tenant: <c>POST TorrentsController.Upload</c> for an action,
/// <c>GET api/torrents/{hash}</c> for an endpoint.
/// </summary>
internal static class SiteRoutes
{
    public static Task<SortedSet<string>> ListAsync(TestSite site) => site.InTenantAsync(services =>
    {
        var endpoints = services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints);
        return Task.FromResult(new SortedSet<string>(endpoints.OfType<RouteEndpoint>().Select(Name).OfType<string>(), StringComparer.Ordinal));
    });

    private static string? Name(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action)
        {
            var methods = action.ActionConstraints?.OfType<HttpMethodActionConstraint>().SelectMany(constraint => constraint.HttpMethods);
            return IsOurs(action.ControllerTypeInfo.Assembly) ? $"{Join(methods)} {action.ControllerTypeInfo.Name}.{action.ActionName}" : null;
        }

        if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
        {
            return IsOurs(page.HandlerTypeInfo.Assembly) ? $"ANY {page.ViewEnginePath}" : null;
        }

        var assembly = endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly ?? endpoint.RequestDelegate?.Method.DeclaringType?.Assembly;
        return assembly is not null && IsOurs(assembly)
            ? $"{Join(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods)} {endpoint.RoutePattern.RawText?.TrimStart('/')}"
            : null;
    }

    private static string Join(IEnumerable<string>? methods) =>
        methods?.Distinct().Order().ToList() is { Count: > 0 } known ? string.Join(',', known) : "ANY";

    private static bool IsOurs(Assembly assembly) =>
        assembly.GetName().Name!.StartsWith("OrchardTracker.", StringComparison.Ordinal);
}
