using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.ViewModels;

/// <summary><see cref="MediaTorrentSettings"/> in a form: rates in KiB a second, sizes in MiB.</summary>
public class MediaTorrentSettingsViewModel
{
    private const long KiB = 1 << 10;
    private const long MiB = 1 << 20;

    public bool IsOn { get; set; }

    public HiddenPage HiddenPage { get; set; }

    public ChoicesViewModel Choices { get; set; } = new();

    public IList<RuleViewModel> Rules { get; set; } = [];

    public WebSeedAddress WebSeedAddress { get; set; }

    public long WebSeedKiB { get; set; }

    public long WebSeedKiBPerTorrent { get; set; }

    public int WebSeedDays { get; set; }

    public int SeederPort { get; set; }

    /// <summary>One a line.</summary>
    public string? SeederAddresses { get; set; }

    public long SeederKiB { get; set; }

    public long SeederKiBPerPeer { get; set; }

    public int SeederConnections { get; set; }

    public int SeederSlots { get; set; }

    public int SeederStepsBackAt { get; set; }

    public long StagingMiB { get; set; }

    public void Fill(MediaTorrentSettings settings)
    {
        IsOn = settings.IsOn;
        HiddenPage = settings.HiddenPage;
        Choices.Fill(settings.Choices);
        Rules = [.. settings.Rules.Select((rule, index) => RuleViewModel.Of(rule, index + 1))];
        WebSeedAddress = settings.WebSeedAddress;
        WebSeedKiB = settings.WebSeedRate / KiB;
        WebSeedKiBPerTorrent = settings.WebSeedRatePerTorrent / KiB;
        WebSeedDays = settings.WebSeedDays;
        SeederPort = settings.SeederPort;
        SeederAddresses = string.Join('\n', settings.SeederAddresses);
        SeederKiB = settings.SeederRate / KiB;
        SeederKiBPerPeer = settings.SeederRatePerPeer / KiB;
        SeederConnections = settings.SeederConnections;
        SeederSlots = settings.SeederSlots;
        SeederStepsBackAt = settings.SeederStepsBackAt;
        StagingMiB = settings.StagingBytes / MiB;
    }

    public void CopyTo(MediaTorrentSettings settings)
    {
        settings.IsOn = IsOn;
        settings.HiddenPage = HiddenPage;
        settings.Choices = Choices.ToChoices();
        settings.Rules = [.. Rules.Where(rule => rule.IsOn).OrderBy(rule => rule.Position).Select(rule => rule.ToRule())];
        settings.WebSeedAddress = WebSeedAddress;
        settings.WebSeedRate = WebSeedKiB * KiB;
        settings.WebSeedRatePerTorrent = WebSeedKiBPerTorrent * KiB;
        settings.WebSeedDays = WebSeedDays;
        settings.SeederPort = SeederPort;
        settings.SeederAddresses = [.. (SeederAddresses ?? "").Split(['\r', '\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries)];
        settings.SeederRate = SeederKiB * KiB;
        settings.SeederRatePerPeer = SeederKiBPerPeer * KiB;
        settings.SeederConnections = SeederConnections;
        settings.SeederSlots = SeederSlots;
        settings.SeederStepsBackAt = SeederStepsBackAt;
        settings.StagingBytes = StagingMiB * MiB;
    }
}
