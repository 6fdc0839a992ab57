namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>The site's settings of media torrents.</summary>
public sealed class MediaTorrentSettings
{
    /// <summary>Whether files get torrents. Those that have one keep it.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>For files that no rule fits.</summary>
    public MediaChoices Choices { get; set; } = new();

    public IList<MediaRule> Rules { get; set; } = [];

    public HiddenPage HiddenPage { get; set; }

    public WebSeedAddress WebSeedAddress { get; set; }

    /// <summary>Bytes a second by web seed, of all torrents together; 0 for as fast as it goes.</summary>
    public long WebSeedRate { get; set; }

    /// <summary>Bytes a second by web seed of one torrent; 0 for as fast as it goes.</summary>
    public long WebSeedRatePerTorrent { get; set; }

    /// <summary>For how long a personal web seed works.</summary>
    public int WebSeedDays { get; set; } = 7;

    /// <summary>The port of the site's own seeder; 0 for none.</summary>
    public int SeederPort { get; set; } = 6881;

    /// <summary>
    /// The addresses or host names at which peers reach the seeder. When there are none, the host of the site's base URL,
    /// and without one the addresses of this machine.
    /// </summary>
    public IList<string> SeederAddresses { get; set; } = [];

    /// <summary>Bytes a second by the seeder to all peers together; 0 for as fast as it goes.</summary>
    public long SeederRate { get; set; }

    /// <summary>Bytes a second by the seeder to one peer; 0 for as fast as it goes.</summary>
    public long SeederRatePerPeer { get; set; }

    public int SeederConnections { get; set; } = 500;

    public int SeederSlots { get; set; } = 32;

    /// <summary>Seeders of a swarm from which on the site's own steps back; 0 for never.</summary>
    public int SeederStepsBackAt { get; set; }

    /// <summary>Bytes of local copies, where the media store gives no files that can be read anywhere in them.</summary>
    public long StagingBytes { get; set; } = 10L << 30;
}
