using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrchardCore.Environment.Shell;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>
/// What works in the background for each tenant of a host. Static, because a module has no other place that outlives a
/// shell: a changed setting must not throw away hours of hashing.
/// </summary>
public static class PublishingRegistry
{
    private static readonly ConditionalWeakTable<IShellHost, ConcurrentDictionary<string, TenantPublishing>> Hosts = [];

    public static TenantPublishing GetOrAdd(IShellHost host, ShellSettings settings) =>
        Hosts.GetOrCreateValue(host).GetOrAdd(KeyOf(settings), _ => new TenantPublishing());

    public static async Task RemoveAsync(IShellHost host, ShellSettings settings)
    {
        if (Hosts.TryGetValue(host, out var tenants) && tenants.TryRemove(KeyOf(settings), out var publishing))
        {
            await publishing.StopAsync();
        }
    }

    // A tenant that is removed and made again under its old name is another one.
    private static string KeyOf(ShellSettings settings) => $"{settings.Name}/{settings.TenantId}";
}
