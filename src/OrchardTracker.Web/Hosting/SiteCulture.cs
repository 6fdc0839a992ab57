using System.Globalization;

namespace OrchardTracker.Web.Hosting;

internal static class SiteCulture
{
    /// <summary>
    /// Gives the process a culture where the environment names none (<c>LANG=C</c>): Orchard Core's data localization does
    /// not work with the invariant one.
    /// </summary>
    public static void EnsureReal()
    {
        if (CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture))
        {
            var culture = CultureInfo.GetCultureInfo("en-US");
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = culture;
            CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = culture;
        }
    }
}
