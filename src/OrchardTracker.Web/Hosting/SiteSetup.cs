using System.Security.Cryptography;

namespace OrchardTracker.Web.Hosting;

/// <summary>Lets the site set itself up at its first start, with a password that nobody else has.</summary>
internal static class SiteSetup
{
    private const string AdminName = "admin";
    private const string Tenant = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:";

    public static void Configure(WebApplicationBuilder builder)
    {
        var isFirstStart = !File.Exists(Path.Combine(builder.Environment.ContentRootPath, "App_Data", "tenants.json"));
        var chosen = builder.Configuration["OrchardTracker:AdminPassword"];
        var password = string.IsNullOrEmpty(chosen) ? MakePassword() : chosen;
        var name = builder.Configuration["OrchardTracker:AdminName"] ?? AdminName;
        builder.Services.AddSingleton(new SiteAdministrator(name, isFirstStart ? password : null, IsChosen: !string.IsNullOrEmpty(chosen)));

        // First in the list, so that every other source of configuration may say otherwise.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["OrchardCore:OrchardCore_AutoSetup:AutoSetupPath"] = "",
                [Tenant + "ShellName"] = "Default",
                [Tenant + "SiteName"] = "OrchardTracker",
                [Tenant + "SiteTimeZone"] = "Etc/UTC",
                [Tenant + "AdminUsername"] = name,
                [Tenant + "AdminEmail"] = $"{name}@localhost.localdomain",
                [Tenant + "AdminPassword"] = password,
                [Tenant + "DatabaseProvider"] = "Sqlite",
                [Tenant + "DatabaseConnectionString"] = "",
                [Tenant + "DatabaseTablePrefix"] = "",
                [Tenant + "RecipeName"] = "OrchardTracker",
            },
        });
    }

    /// <summary>Twenty random letters and digits, and one of each kind that Orchard Core's rules ask for.</summary>
    private static string MakePassword() =>
        RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20) + "-a7Z";
}
