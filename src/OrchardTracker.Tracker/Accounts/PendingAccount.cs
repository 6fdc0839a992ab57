using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>What is to be added to a user's account with a torrent. Bytes are never negative and never above <see cref="MostBytes"/>.</summary>
internal struct PendingAccount
{
    /// <summary>No sum grows beyond an exbibyte: what claims more wants to overflow something.</summary>
    public const long MostBytes = 1L << 60;

    public long Uploaded;
    public long Downloaded;
    public long Corrupt;

    /// <summary>What counts towards the ratio, by the torrent's terms.</summary>
    public long CreditedUp;
    public long CreditedDown;
    public long SeedingMilliseconds;
    public int Completed;

    /// <summary>Where the user announced from last.</summary>
    public PeerAddress Address;

    public void Add(in AccountDelta delta, TorrentTerms terms, in PeerAddress address)
    {
        Uploaded = Sum(Uploaded, delta.Uploaded);
        Downloaded = Sum(Downloaded, delta.Downloaded);
        Corrupt = Sum(Corrupt, delta.Corrupt);
        CreditedUp = Sum(CreditedUp, Share(delta.Uploaded, terms.UploadPercent));
        CreditedDown = Sum(CreditedDown, Share(delta.Downloaded, terms.DownloadPercent));
        SeedingMilliseconds = Sum(SeedingMilliseconds, (long)delta.SeedingTime.TotalMilliseconds);
        Completed += delta.Completed ? 1 : 0;
        Address = address;
    }

    public void Add(in PendingAccount other)
    {
        Uploaded = Sum(Uploaded, other.Uploaded);
        Downloaded = Sum(Downloaded, other.Downloaded);
        Corrupt = Sum(Corrupt, other.Corrupt);
        CreditedUp = Sum(CreditedUp, other.CreditedUp);
        CreditedDown = Sum(CreditedDown, other.CreditedDown);
        SeedingMilliseconds = Sum(SeedingMilliseconds, other.SeedingMilliseconds);
        Completed += other.Completed;
        Address = other.Address;
    }

    private static long Share(long bytes, int percent) =>
        percent == 100 ? bytes : (long)UInt128.Min((UInt128)MostBytes, (UInt128)bytes * (uint)percent / 100);

    private static long Sum(long left, long right) => Math.Min(MostBytes, left + Math.Min(right, MostBytes));
}
