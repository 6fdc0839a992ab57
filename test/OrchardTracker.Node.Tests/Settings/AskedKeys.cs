using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace OrchardTracker.Node.Tests.Settings;

/// <summary>A configuration that remembers what it was asked for.</summary>
internal sealed class AskedKeys(IConfiguration configuration) : IConfiguration
{
    public List<string> Asked { get; } = [];

    public string? this[string key]
    {
        get
        {
            Asked.Add(key);
            return configuration[key];
        }
        set => configuration[key] = value;
    }

    public IEnumerable<IConfigurationSection> GetChildren() => configuration.GetChildren();

    public IChangeToken GetReloadToken() => configuration.GetReloadToken();

    public IConfigurationSection GetSection(string key)
    {
        if (key.Contains(':', StringComparison.Ordinal))
        {
            Asked.Add(key);
        }

        return configuration.GetSection(key);
    }
}
