using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.ViewModels;

/// <summary><see cref="MediaRule"/> in a form.</summary>
public class RuleViewModel
{
    private const long MiB = 1 << 20;

    /// <summary>Empty for one that is to be added.</summary>
    public string? Id { get; set; }

    /// <summary>Whether a new rule is wanted, or a known one is to stay.</summary>
    public bool IsOn { get; set; }

    /// <summary>Rules are asked in this order.</summary>
    public int Position { get; set; }

    public string? Folder { get; set; }

    public bool IncludesSubfolders { get; set; } = true;

    public string? Names { get; set; }

    public string? MediaTypes { get; set; }

    public long? MinMiB { get; set; }

    public long? MaxMiB { get; set; }

    public ChoicesViewModel Choices { get; set; } = new();

    public static RuleViewModel Of(MediaRule rule, int position)
    {
        var model = new RuleViewModel
        {
            Id = rule.Id.Length > 0 ? rule.Id : NewId(),
            IsOn = true,
            Position = position,
            Folder = rule.Folder,
            IncludesSubfolders = rule.IncludesSubfolders,
            Names = rule.Names,
            MediaTypes = rule.MediaTypes,
            MinMiB = rule.MinLength / MiB,
            MaxMiB = rule.MaxLength / MiB,
        };
        model.Choices.Fill(rule.Choices);
        return model;
    }

    public MediaRule ToRule() => new()
    {
        Id = string.IsNullOrEmpty(Id) ? NewId() : Id,
        Folder = MediaPaths.Normalize(Folder),
        IncludesSubfolders = IncludesSubfolders,
        Names = Names?.Trim() ?? "",
        MediaTypes = MediaTypes?.Trim() ?? "",
        MinLength = MinMiB * MiB,
        MaxLength = MaxMiB * MiB,
        Choices = Choices.ToChoices(),
    };

    private static string NewId() => Guid.NewGuid().ToString("n");
}
