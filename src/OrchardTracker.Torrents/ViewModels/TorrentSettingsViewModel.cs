using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.ViewModels;

public class TorrentSettingsViewModel
{
    public ForeignTrackerPolicy ForeignTrackers { get; set; }

    public PrivatePolicy PrivateFlag { get; set; }

    [Range(1, TorrentSettings.MostKiB)]
    public int MaxKiB { get; set; }

    [Range(1, TorrentSettings.MostFilesEver)]
    public int MaxFiles { get; set; }

    [Range(1, TorrentSettings.MostAtOnceEver)]
    public int MaxAtOnce { get; set; }

    public bool ModeratesAll { get; set; }

    public bool AsksForeignTrackers { get; set; }

    /// <summary>Empty for the module's own words.</summary>
    public string? SearchIndex { get; set; }

    /// <summary>What may be chosen, and what was chosen once and is gone.</summary>
    [BindNever]
    public IReadOnlyList<SelectListItem> SearchIndexes { get; set; } = [];

    [Range(10, 10_080)]
    public int ForeignMinutes { get; set; }
}
