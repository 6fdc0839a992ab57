using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardTracker.BitTorrent;
using OrchardTracker.Tracker.Settings;

namespace OrchardTracker.Tracker.Lists;

/// <summary>What may be banned, and how people write it.</summary>
public sealed class BanRules(UserManager<IUser> userManager, ISiteService siteService, TimeProvider time, IStringLocalizer<BanRules> localizer)
{
    private const int LongestReason = 1000;

    internal readonly IStringLocalizer S = localizer;

    /// <summary>Makes a ban of what was entered, or says what is wrong with it.</summary>
    /// <param name="value">An address or network, the name of a user, or the beginning of a peer id.</param>
    public async Task<(Ban? Ban, LocalizedString? Fault)> ReadAsync(BanKind kind, string? value, string? reason, DateTimeOffset? endsAt)
    {
        value = value?.Trim() ?? "";
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (reason?.Length > LongestReason)
        {
            return (null, S["The reason must have at most {0} characters.", LongestReason]);
        }

        if (endsAt <= time.GetUtcNow())
        {
            return (null, S["The end of the ban lies in the past."]);
        }

        return kind switch
        {
            BanKind.Address => ReadAddress(value, reason, endsAt),
            BanKind.Client => ReadClient(value, reason, endsAt),
            BanKind.User => await ReadUserAsync(value, reason, endsAt),
            _ => (null, S["Choose whom to ban."]),
        };
    }

    private (Ban?, LocalizedString?) ReadAddress(string value, string? reason, DateTimeOffset? endsAt)
    {
        if (!NetworkText.TryParse(value, out var network))
        {
            return (null, S["Enter an address or a network such as 198.51.100.0/24 or 2001:db8::/32."]);
        }

        return network.PrefixLength == 0
            ? (null, S["This network is everybody. To close the tracker, disable its feature."])
            : (new Ban(0, BanKind.Address, network.ToString(), null, reason, endsAt), null);
    }

    private (Ban?, LocalizedString?) ReadClient(string value, string? reason, DateTimeOffset? endsAt) =>
        value.Length is 0 or > PeerId.Length || value.Any(character => character is < ' ' or > '\xFF')
            ? (null, S["Enter the beginning of a peer id, such as -TR2, at most {0} characters.", PeerId.Length])
            : (new Ban(0, BanKind.Client, value, ClientPrefix.NameOf(value), reason, endsAt), null);

    private async Task<(Ban?, LocalizedString?)> ReadUserAsync(string value, string? reason, DateTimeOffset? endsAt)
    {
        if (value.Length == 0 || await userManager.FindByNameAsync(value) is not User user)
        {
            return (null, S["There is no user of this name."]);
        }

        var site = await siteService.GetSiteSettingsAsync();
        return string.Equals(site.SuperUser, user.UserId, StringComparison.OrdinalIgnoreCase)
            ? (null, S["The super user cannot be banned."])
            : (new Ban(0, BanKind.User, user.UserId, user.UserName, reason, endsAt), null);
    }
}
