using System.Globalization;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// A sentence about a torrent, for whoever brought it. <see cref="ToString"/> gives it in English; the template, with
/// <c>{0}</c> and so on, is the key under which it can be translated.
/// </summary>
public sealed class MetainfoMessage(string template, params object[] arguments)
{
    public string Template { get; } = template;

    public IReadOnlyList<object> Arguments { get; } = arguments;

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, Template, [.. Arguments]);
}
