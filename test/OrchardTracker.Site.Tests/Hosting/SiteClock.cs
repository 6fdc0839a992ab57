using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>
/// The clock by which a tenant counts its days. It stands at noon until a test moves it, so that no test meets midnight.
/// What is timed by <see cref="TimeProvider"/>, peers and sessions for example, goes on as always.
/// </summary>
internal sealed class SiteClock : IClock
{
    private readonly Clock _zones = new();

    public DateTime UtcNow { get; set; } = DateTime.UtcNow.Date.AddHours(12);

    public void AddTo(OrchardCoreBuilder builder) => builder.ConfigureServices(services => services.AddSingleton<IClock>(this));

    public ITimeZone[] GetTimeZones() => _zones.GetTimeZones();

    public ITimeZone GetTimeZone(string timeZoneId) => _zones.GetTimeZone(timeZoneId);

    public ITimeZone GetSystemTimeZone() => _zones.GetSystemTimeZone();

    public DateTimeOffset ConvertToTimeZone(DateTimeOffset dateTimeOffset, ITimeZone timeZone) => _zones.ConvertToTimeZone(dateTimeOffset, timeZone);
}
