using OrchardCore.Environment.Shell;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Tells tenants apart in a process. A tenant that is removed and made again under its old name is another one; so is one
/// of another host in the same process.
/// </summary>
internal readonly record struct TenantKey(string DataPath, string Name, string Id)
{
    public static TenantKey Of(ShellOptions options, ShellSettings settings) =>
        new(options.ShellsApplicationDataPath, settings.Name, settings.TenantId);
}
