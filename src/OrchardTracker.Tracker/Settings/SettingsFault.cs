using Microsoft.Extensions.Localization;

namespace OrchardTracker.Tracker.Settings;

/// <summary>What is wrong with a field of the settings, and how to make it usable where nobody can be asked.</summary>
/// <param name="Field">The name of the property.</param>
/// <param name="Reset">Puts the usual value in.</param>
internal sealed record SettingsFault(string Field, LocalizedString Message, Action<TrackerSiteSettings> Reset);
