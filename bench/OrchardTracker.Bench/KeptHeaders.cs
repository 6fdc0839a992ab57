using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace OrchardTracker.Bench;

/// <summary>Headers whose length of the body is a number, as in Kestrel, where it allocates no text.</summary>
internal sealed class KeptHeaders : Dictionary<string, StringValues>, IHeaderDictionary
{
    public long? ContentLength { get; set; }

    StringValues IHeaderDictionary.this[string key]
    {
        get => GetValueOrDefault(key);
        set => base[key] = value;
    }

    private StringValues GetValueOrDefault(string key) => TryGetValue(key, out var value) ? value : StringValues.Empty;
}
