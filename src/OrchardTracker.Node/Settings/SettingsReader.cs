using System.Globalization;
using System.Net;

namespace OrchardTracker.Node;

/// <summary>
/// Reads settings one by one and collects what is wrong with them, so that an operator sees all faults at once. Knows
/// afterwards which keys nobody asked for: those are misspelt.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public string? Text(string key)
    {
        _known.Add(key);
        return configuration[key] is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    public bool Flag(string key, bool otherwise) => Text(key) switch
    {
        null => otherwise,
        var text when text.ToLowerInvariant() is "true" or "yes" or "on" or "1" => true,
        var text when text.ToLowerInvariant() is "false" or "no" or "off" or "0" => false,
        var text => Fault(key, text, "must be true or false", otherwise),
    };

    public int Number(string key, int otherwise, int least, int most)
    {
        var text = Text(key);
        if (text is null)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Fault(key, text, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"), otherwise);
    }

    public double Share(string key, double otherwise)
    {
        var text = Text(key);
        if (text is null)
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
            ? number
            : Fault(key, text, "must be a number from 0 to 1, such as 0.1", otherwise);
    }

    public TimeSpan Time(string key, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        var text = Text(key);
        if (text is null)
        {
            return otherwise;
        }

        return TimeText.TryParse(text, out var time) && time >= least && time <= most
            ? time
            : Fault(key, text, $"must be a time from {TimeText.Write(least)} to {TimeText.Write(most)}, such as 30m, 1800s or 00:30:00", otherwise);
    }

    public T Choice<T>(string key, T otherwise, IReadOnlyDictionary<string, T> choices)
    {
        var text = Text(key);
        if (text is null)
        {
            return otherwise;
        }

        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return Fault(key, text, $"must be one of {string.Join(", ", choices.Keys)}", otherwise);
    }

    /// <summary>A list: an array in a file, or one text with commas.</summary>
    public IReadOnlyList<string> List(string key)
    {
        _known.Add(key);
        var section = configuration.GetSection(key);
        if (section.Value is { } text)
        {
            return text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        var children = section.GetChildren().ToArray();
        Array.ForEach(children, child => _known.Add(child.Path));
        return [.. children.Select(child => child.Value?.Trim()).Where(value => !string.IsNullOrEmpty(value)).Select(value => value!)];
    }

    /// <summary>Address ranges; a single address is a range of one.</summary>
    public IReadOnlyList<IPNetwork> Networks(string key)
    {
        List<IPNetwork> networks = [];
        foreach (var text in List(key))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                Fault(key, text, "must be an address or a range such as 10.0.0.0/8 or fd00::/8", 0);
            }
        }

        return networks;
    }

    /// <summary>Notes a fault; the value given in place keeps reading going.</summary>
    public T Fault<T>(string key, string text, string what, T otherwise)
    {
        _faults.Add($"{key} is \"{text}\": it {what}.");
        return otherwise;
    }

    public void Fault(string fault) => _faults.Add(fault);

    /// <summary>The keys below some sections that nobody has asked for.</summary>
    public IReadOnlyList<string> FindUnknown(params IEnumerable<string> sections) =>
    [
        .. sections.SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(entry => entry.Value is not null && !_known.Contains(entry.Key))
            .Select(entry => entry.Key)
            .Order(StringComparer.OrdinalIgnoreCase),
    ];
}
