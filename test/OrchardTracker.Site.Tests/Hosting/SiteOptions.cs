using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>How a test wants its site.</summary>
public sealed record SiteOptions
{
    public Action<WebApplicationBuilder>? Configure { get; init; }

    public Action<OrchardCoreBuilder>? ConfigureOrchard { get; init; }

    /// <summary>Arguments as on the command line, without the address.</summary>
    public string[] Args { get; init; } = [];

    /// <summary>A connection string of PostgreSQL; SQLite when null. Such a site is set up anew each time.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>False for a site without a tenant, which shows Orchard Core's setup page.</summary>
    public bool IsSetUp { get; init; } = true;

    /// <summary>A site that was set up before: the folder that <see cref="TestSite.StopAsync"/> kept.</summary>
    public string? Folder { get; init; }
}
