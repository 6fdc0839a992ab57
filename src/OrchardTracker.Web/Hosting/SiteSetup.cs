using System.Security.Cryptography;
using OrchardCore;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace OrchardTracker.Web.Hosting;

/// <summary>Lets the site set itself up at its first start, with a password that nobody else has.</summary>
internal static class SiteSetup
{
    private const string AdminName = "admin";
    private const string Tenant = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:";

    public static void Configure(WebApplicationBuilder builder)
    {
        var chosen = builder.Configuration["OrchardTracker:AdminPassword"];
        var password = string.IsNullOrEmpty(chosen) ? MakePassword() : chosen;
        var name = builder.Configuration["OrchardTracker:AdminName"] ?? AdminName;
        builder.Services.AddSingleton(new SiteAdministrator(name, IsSetUp(builder) ? null : password, IsChosen: !string.IsNullOrEmpty(chosen)));

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

    /// <summary>
    /// Whether an earlier process has set the site up. The file alone does not tell: Orchard Core writes it before the setup,
    /// which may have been interrupted, and is then done by this process, with this password.
    /// </summary>
    private static bool IsSetUp(WebApplicationBuilder builder)
    {
        var appData = Environment.GetEnvironmentVariable(ShellOptionConstants.OrchardAppData);
        var tenants = Path.Combine(
            builder.Environment.ContentRootPath,
            string.IsNullOrEmpty(appData) ? ShellOptionConstants.DefaultAppDataPath : appData,
            OrchardCoreConstants.Shell.TenantsFileName);
        var state = new ConfigurationBuilder().AddJsonFile(tenants, optional: true).Build()[$"{ShellSettings.DefaultShellName}:{nameof(ShellSettings.State)}"];
        return state == nameof(TenantState.Running);
    }

    /// <summary>Twenty random letters and digits, and one of each kind that Orchard Core's rules ask for.</summary>
    private static string MakePassword() =>
        RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20) + "-a7Z";
}
