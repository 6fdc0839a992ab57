using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Finds the tracker of a request by host and prefix, as Orchard Core finds the tenant. Its table makes half a dozen
/// strings for each request, so an answer is kept for a second, in as many places as there are, whatever hosts are asked for.
/// </summary>
internal sealed class TenantFinder(IRunningShellTable shells, IOptions<ShellOptions> options)
{
    private const int Places = 64;
    private const long KeptMilliseconds = 1_000;

    private readonly ShellOptions _options = options.Value;
    private readonly Found?[] _found = new Found?[Places];

    /// <returns>
    /// The tracker, and the tenant's prefix without slashes; null for a tenant that does not run, is not activated yet, or
    /// has no tracker.
    /// </returns>
    public (TenantTracker? Tracker, string? Prefix) Find(HostString host, PathString path)
    {
        var value = path.Value ?? "";
        var end = value.Length > 0 ? value.IndexOf('/', 1) : -1;
        var first = end < 0 ? value : value.AsSpan(0, end);
        ref var place = ref _found[(uint)HashCode.Combine(host.Value, string.GetHashCode(first)) % Places];
        var found = Volatile.Read(ref place);
        if (found is null || !found.IsFor(host.Value, first) || Environment.TickCount64 - found.Since > KeptMilliseconds)
        {
            if (shells.Match(host, path) is not { } settings || TrackerRegistry.Find(TenantKey.Of(_options, settings)) is not { } known)
            {
                return default;
            }

            found = new Found(host.Value, first.ToString(), settings, known);
            Volatile.Write(ref place, found);
        }

        return found.Settings.IsRunning() && found.Tracker is { IsActive: true } tracker ? (tracker, found.Settings.RequestUrlPrefix) : default;
    }

    private sealed class Found(string? host, string first, ShellSettings settings, TenantTracker tracker)
    {
        // Weak: a tenant that is removed frees its memory.
        private readonly WeakReference<TenantTracker> _tracker = new(tracker);

        public long Since { get; } = Environment.TickCount64;

        public ShellSettings Settings { get; } = settings;

        public TenantTracker? Tracker => _tracker.TryGetTarget(out var tracker) ? tracker : null;

        public bool IsFor(string? otherHost, ReadOnlySpan<char> otherFirst) => otherHost == host && otherFirst.SequenceEqual(first);
    }
}
