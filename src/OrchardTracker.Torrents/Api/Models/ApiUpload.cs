using System.ComponentModel;
using Microsoft.AspNetCore.Http;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>The form of an upload. Terms of a taxonomy go into fields with its key.</summary>
public sealed class ApiUpload
{
    [Description("The .torrent file.")]
    public required IFormFile File { get; init; }

    public string? Title { get; init; }

    [Description("Markdown.")]
    public string? Description { get; init; }

    [Description("\"true\": where the site has the torrent already, its trackers and web seeds are added to that one.")]
    public string? Merge { get; init; }
}
