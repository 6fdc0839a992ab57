using System.Text.Json;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>All that the tracker keeps of a user, for himself, as JSON.</summary>
public sealed class AccountExport(AccountReader accounts)
{
    private const int PageSize = 1000;

    public async Task WriteAsync(string userId, string? userName, Stream output)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        var account = await accounts.FindAsync(userId);
        writer.WriteStartObject();
        writer.WriteString("user", userName);
        if (account is not null)
        {
            writer.WritePropertyName("total");
            Write(writer, account.Sums, null);
            if (account.Address is not null)
            {
                writer.WriteString("lastAddress", account.Address);
                writer.WriteString("lastAddressAt", account.AddressAt!.Value);
            }

            writer.WriteStartArray("torrents");
            for (var skip = 0; ; skip += PageSize)
            {
                var page = await accounts.ListTorrentsAsync(account.Number, skip, PageSize);
                page.ForEach(torrent => Write(writer, torrent.Sums, torrent.Torrent.ToString()));
                await writer.FlushAsync();
                if (page.Count < PageSize)
                {
                    break;
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AccountSums sums, string? torrent)
    {
        writer.WriteStartObject();
        if (torrent is not null)
        {
            writer.WriteString("infoHash", torrent);
        }

        writer.WriteNumber("uploadedBytes", sums.Uploaded);
        writer.WriteNumber("downloadedBytes", sums.Downloaded);
        writer.WriteNumber("corruptBytes", sums.Corrupt);
        writer.WriteNumber("creditedUploadBytes", sums.CreditedUp);
        writer.WriteNumber("creditedDownloadBytes", sums.CreditedDown);
        writer.WriteNumber("seedingSeconds", (long)sums.SeedingTime.TotalSeconds);
        writer.WriteNumber("completed", sums.Completed);
        writer.WriteString("firstSeen", sums.FirstSeen);
        writer.WriteString("lastSeen", sums.LastSeen);
        writer.WriteEndObject();
    }
}
