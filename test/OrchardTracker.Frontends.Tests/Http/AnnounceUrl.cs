using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Frontends.Tests.Http;

/// <summary>The target of an announce, put together parameter by parameter.</summary>
public sealed record AnnounceUrl
{
    public static readonly InfoHash Torrent = new(Enumerable.Repeat((byte)'h', InfoHash.Length).ToArray());

    private IReadOnlyList<(string Name, string? Value)> Parameters { get; init; } = [];

    public string Path { get; init; } = "/announce";

    /// <summary>An announce with all that is needed, and a key and port of this client's own.</summary>
    public static AnnounceUrl Of(int client) => new AnnounceUrl()
        .With("info_hash", Escape(Torrent.ToArray()))
        .With("peer_id", IdOf(client))
        .With("port", $"{10_000 + client}")
        .With("uploaded", "0")
        .With("downloaded", "0")
        .With("left", "1000")
        .With("key", $"{client + 1:x8}");

    public static string IdOf(int client) => $"-OT0001-{client:d12}";

    public static string Escape(ReadOnlySpan<byte> bytes) =>
        bytes.ToArray().Aggregate(new StringBuilder(), (text, value) => text.Append('%').Append($"{value:x2}")).ToString();

    public AnnounceUrl At(string path) => this with { Path = path };

    /// <summary>Replaces a parameter, or adds it; one without a value has no equals sign.</summary>
    public AnnounceUrl With(string name, string? value) => Without(name).And(name, value);

    public AnnounceUrl Without(string name) => this with { Parameters = [.. Parameters.Where(parameter => parameter.Name != name)] };

    /// <summary>Adds a parameter, even if it is there.</summary>
    public AnnounceUrl And(string name, string? value) => this with { Parameters = [.. Parameters, (name, value)] };

    public override string ToString() =>
        $"{Path}?{string.Join('&', Parameters.Select(parameter => parameter.Value is null ? parameter.Name : $"{parameter.Name}={parameter.Value}"))}";
}
