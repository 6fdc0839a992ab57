using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>The short words for a site whose tracker is on trial.</summary>
internal static partial class TrackerSite
{
    /// <summary>Saves the settings page with some fields changed.</summary>
    public static async Task SetTrackerAsync(this TestSite site, params (string Field, string Value)[] fields)
    {
        using var admin = await site.SignInAsync(TestSite.AdminName);
        var form = await PageForm.ReadAsync(admin, "Admin/Settings/tracker");
        foreach (var (field, value) in fields)
        {
            form.Set(field, value);
        }

        using var saved = await form.SendAsync();
        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
    }

    /// <summary>Lets the tracker take announces for a hash that is written as in a query.</summary>
    public static Task ServeAsync(this TestSite site, string escapedHash) => site.InTenantAsync(services =>
    {
        Assert.True(services.GetRequiredService<ISiteTracker>().Serve(HashOf(escapedHash), null));
        return Task.CompletedTask;
    });

    public static InfoHash HashOf(string escapedHash) => new(Convert.FromHexString(escapedHash.Replace("%", "", StringComparison.Ordinal)));

    /// <summary>The announce address that a user's own page shows, relative to the site.</summary>
    public static async Task<string> AnnouncePathOfAsync(this TestSite site, string user)
    {
        using var client = await site.SignInAsync(user);
        return AnnouncePathOn(site, await client.GetStringAsync("tracker/account"));
    }

    public static string AnnouncePathOn(TestSite site, string page)
    {
        var field = AnnounceField().Match(page);
        Assert.True(field.Success, page);
        var url = WebUtility.HtmlDecode(field.Groups[1].Value);
        Assert.StartsWith(site.Url.ToString(), url, StringComparison.Ordinal);
        return url[site.Url.ToString().Length..];
    }

    [GeneratedRegex("""id="announce-url-0" value="([^"]+)""")]
    private static partial Regex AnnounceField();
}
