using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

// What a client says is a sum since it started; what goes to its account are the differences between announces.
internal sealed partial class Swarm
{
    private static void Settle(
        PeerList list,
        int position,
        in PeerAnnounce announce,
        in SwarmContext context,
        in Siblings siblings,
        bool isNew,
        ref AnnounceOutcome outcome)
    {
        if (announce.User == 0)
        {
            return;
        }

        ref var account = ref list.Account(position);
        var wasCountedSeeder = !isNew && list.IsSeeder(position) && list[position].Is(PeerFlags.Counted);
        var seeding = wasCountedSeeder ? Math.Clamp(context.Now - account.SeenAt, 0, (long)context.Limits.PeerLifetime.TotalMilliseconds) : 0;
        account.SeenAt = context.Now;

        if (isNew)
        {
            (account.Uploaded, account.Downloaded, account.Corrupt) = (0, 0, 0);
        }

        // An entry that is new under this hash continues the sums of its client's other entries; one that is nowhere
        // known, or that starts anew, has nothing to be compared with.
        if (isNew ? siblings.Count == 0 : announce.Event == AnnounceEvent.Started)
        {
            (account.Uploaded, account.Downloaded, account.Corrupt) = (announce.Uploaded, announce.Downloaded, announce.Corrupt);
        }
        else
        {
            for (var i = 0; i < siblings.Count; i++)
            {
                Raise(siblings.List(i).Account(siblings.Position(i)), ref account);
            }
        }

        outcome.Account = outcome.Account with
        {
            User = announce.User,
            Torrent = context.Torrent,
            Uploaded = Advance(ref account.Uploaded, announce.Uploaded),
            Downloaded = Advance(ref account.Downloaded, announce.Downloaded),
            Corrupt = Advance(ref account.Corrupt, announce.Corrupt),
            SeedingTime = TimeSpan.FromMilliseconds(seeding),
        };
        account.Left = announce.Left;
        for (var i = 0; i < siblings.Count; i++)
        {
            CopySums(account, ref siblings.List(i).Account(siblings.Position(i)));
        }
    }

    /// <summary>The growth of a sum. A sum that has shrunk was sent late or by a client that forgot: it adds nothing.</summary>
    private static long Advance(ref long sum, long announced)
    {
        var growth = announced - sum;
        if (growth <= 0)
        {
            return 0;
        }

        sum = announced;
        return growth;
    }

    private static void Raise(in PeerAccount from, ref PeerAccount to)
    {
        to.Uploaded = Math.Max(to.Uploaded, from.Uploaded);
        to.Downloaded = Math.Max(to.Downloaded, from.Downloaded);
        to.Corrupt = Math.Max(to.Corrupt, from.Corrupt);
    }

    private static void CopySums(in PeerAccount from, ref PeerAccount to) =>
        (to.Uploaded, to.Downloaded, to.Corrupt, to.Left) = (from.Uploaded, from.Downloaded, from.Corrupt, from.Left);
}
