using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.AuditTrail.Indexes;
using OrchardCore.AuditTrail.Models;
using OrchardCore.Entities;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.AuditTrail.Models;
using YesSql;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Who has done what with the tracker.</summary>
public sealed class AuditTrailTests
{
    [Fact]
    public async Task Should_keep_settings_bans_and_keys_in_the_audit_trail_and_no_secret()
    {
        await using var site = await TestSite.StartAsync();
        await site.EnableFeaturesAsync("OrchardCore.AuditTrail");
        await site.SetTrackerAsync(("Mode", "Private"), ("MinInterval", "123"));
        var id = await site.AddUserAsync("anna");
        var passkey = (await site.AnnouncePathOfAsync("anna")).Split('/')[0];
        using var anna = await site.SignInAsync("anna");
        using (await (await PageForm.ReadAsync(anna, "tracker/account", "form[action*=rotate]")).SendAsync())
        using (var admin = await site.SignInAsync(TestSite.AdminName))
        {
            using (await (await PageForm.ReadAsync(admin, $"Admin/Tracker/Users/Display/{id}", "form[action*=Revoke]")).SendAsync())
            using (await (await PageForm.ReadAsync(admin, "Admin/Tracker/Bans/Add")).Set("Kind", "Address").Set("Value", "192.0.2.0/24").Set("Reason", "noise").SendAsync())
            using (await admin.PostFormAsync("Admin/Tracker/Bans", new() { ["ids"] = "1" }, "Admin/Tracker/Bans/Remove"))
            {
                var events = await ListAsync(site);
                Assert.Contains(("SettingsChanged", TestSite.AdminName, "Settings"), events.Select(entry => (entry.Name, entry.UserName, entry.Event.Subject)));
                var settings = events.Single(entry => entry.Name == "SettingsChanged").Event.Detail!;
                Assert.Contains("Mode: Open → Private", settings, StringComparison.Ordinal);
                Assert.Contains("MinInterval: 300 → 123", settings, StringComparison.Ordinal);
                Assert.Contains(("KeyRotated", "anna", "anna"), events.Select(entry => (entry.Name, entry.UserName, entry.Event.Subject)));
                Assert.Contains(("KeyRevoked", TestSite.AdminName, "anna"), events.Select(entry => (entry.Name, entry.UserName, entry.Event.Subject)));
                Assert.Contains(("BanAdded", "192.0.2.0/24", "noise"), events.Select(entry => (entry.Name, entry.Event.Subject, entry.Event.Detail)));
                Assert.Contains("BanLifted", events.Select(entry => entry.Name));
                Assert.DoesNotContain(events, entry => $"{entry.Event.Subject}{entry.Event.Detail}".Contains(passkey, StringComparison.Ordinal));

                using var page = await admin.GetAsync("Admin/AuditTrail", TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
                Assert.Contains("192.0.2.0/24", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
                var banAdded = events.Single(entry => entry.Name == "BanAdded").Id;
                Assert.Contains("noise", await admin.GetStringAsync($"Admin/AuditTrail/Display/{banAdded}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    private static Task<List<(string Id, string Name, string UserName, AuditTrailTrackerEvent Event)>> ListAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        var events = await services.GetRequiredService<ISession>()
            .Query<AuditTrailEvent, AuditTrailEventIndex>(index => index.Category == "Tracker", collection: AuditTrailEvent.Collection).ListAsync();
        return events.Select(entry => (entry.EventId, entry.Name, entry.UserName, entry.GetOrCreate<AuditTrailTrackerEvent>())).ToList();
    });
}
