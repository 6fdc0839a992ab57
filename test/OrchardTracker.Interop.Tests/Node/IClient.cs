namespace OrchardTracker.Interop.Tests.Node;

/// <summary>A BitTorrent client at work on one torrent, with everything off that could find peers without the tracker.</summary>
internal interface IClient : IAsyncDisposable
{
    /// <summary>Where its files are.</summary>
    string Folder { get; }

    /// <summary>Whether it has every piece, by its own account.</summary>
    Task<bool> IsCompleteAsync();

    /// <summary>Asserts that, by its own account, the tracker has answered it, and never with an error.</summary>
    Task AssertTrackerWorksAsync();

    /// <summary>What it shows or logs of its trackers, in its own words.</summary>
    Task<string> TrackerStatusAsync();
}
