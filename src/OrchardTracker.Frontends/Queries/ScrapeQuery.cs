using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Reads the query of a scrape (BEP 48): any number of hashes.</summary>
public static class ScrapeQuery
{
    /// <summary>Reads the hashes; their number is bounded by the destination's length.</summary>
    public static Failure Read(ReadOnlySpan<char> query, Span<InfoHash> hashes, out int count, ref PasskeyPresence presence, ref Passkey passkey)
    {
        count = 0;
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            if (reader.Name is "passkey")
            {
                PasskeyText.Read(reader.Value, ref presence, ref passkey);
            }
            else if (reader.Name is "info_hash")
            {
                var failure = HashParameter.Read(reader.Value, out var hash);
                if (failure != Failure.None)
                {
                    return failure;
                }

                if (count == hashes.Length)
                {
                    return Failure.TooManyHashes;
                }

                if (!hashes[..count].Contains(hash))
                {
                    hashes[count++] = hash;
                }
            }
        }

        return Failure.None;
    }
}
