namespace OrchardTracker.Interop.Tests.JavaScript;

/// <summary>npm, by which tests get programs that no Debian package has.</summary>
internal static class Npm
{
    /// <summary>Installs a package below a folder, without running anything of it.</summary>
    /// <returns>Why it could not; empty when it is there.</returns>
    public static async Task<string> InstallAsync(string package, string folder)
    {
        if (Tool.Find("npm") is null)
        {
            return "npm is not installed (Debian package npm).";
        }

        try
        {
            var (code, _, error) = await Tool.Require("npm", "npm").TryRunAsync(
                ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", package], throughProxies: true);
            return code == 0 ? "" : error.Trim();
        }
        catch (TimeoutException error)
        {
            return error.Message;
        }
    }
}
