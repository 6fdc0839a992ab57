using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Settings;

/// <summary>
/// Reads each field by itself: a recipe with one value of the wrong kind must not take the settings page, and with it the
/// way to mend it, from the site.
/// </summary>
internal sealed class TrackerSiteSettingsConverter : JsonConverter<TrackerSiteSettings>
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };
    private static readonly PropertyInfo[] Properties = typeof(TrackerSiteSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public override TrackerSiteSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var settings = new TrackerSiteSettings();
        if (JsonNode.Parse(ref reader) is not JsonObject stored)
        {
            return settings;
        }

        foreach (var property in Properties)
        {
            if (stored.TryGetPropertyValue(property.Name, out var value))
            {
                Set(settings, property, value);
            }
        }

        return settings;
    }

    public override void Write(Utf8JsonWriter writer, TrackerSiteSettings value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var property in Properties)
        {
            writer.WritePropertyName(property.Name);
            JsonSerializer.Serialize(writer, property.GetValue(value), property.PropertyType, Options);
        }

        writer.WriteEndObject();
    }

    private static void Set(TrackerSiteSettings settings, PropertyInfo property, JsonNode? value)
    {
        try
        {
            if (value.Deserialize(property.PropertyType, Options) is { } read)
            {
                property.SetValue(settings, read);
            }
        }
        catch (JsonException)
        {
            if (property.Name == nameof(TrackerSiteSettings.Mode))
            {
                // Not the usual value: that is open to everybody.
                settings.Mode = TrackerMode.Registered;
            }
        }
    }
}
