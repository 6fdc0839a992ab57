using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.ViewModels;

public class TorrentPartEditViewModel
{
    public IFormFile? Torrent { get; set; }

    public bool IsListed { get; set; }

    /// <summary>One to a line; an empty line begins the next tier.</summary>
    public string? Trackers { get; set; }

    /// <summary>One to a line.</summary>
    public string? WebSeeds { get; set; }

    [BindNever]
    public TorrentPart? Part { get; set; }

    /// <summary>Whether what is saved waits for a moderator.</summary>
    [BindNever]
    public bool IsModerated { get; set; }

    /// <summary>Where the chosen file is a torrent that the site has already.</summary>
    [BindNever]
    public TorrentDuplicateViewModel? Duplicate { get; set; }
}
