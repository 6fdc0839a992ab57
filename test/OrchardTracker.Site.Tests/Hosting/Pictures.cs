using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>
/// The pictures of the docs. They are written over those of the repository when ORCHARDTRACKER_PICTURES is set; otherwise
/// the pages are only shown, as in the long tests.
/// </summary>
internal static class Pictures
{
    private static readonly bool AreKept = Environment.GetEnvironmentVariable("ORCHARDTRACKER_PICTURES") is { Length: > 0 };

    public static async Task ShootAsync(this IPage page, string name)
    {
        // Tabs and the menu move for a moment.
        await page.WaitForTimeoutAsync(700);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = AreKept ? Path.Combine(Folder(), name + ".png") : null,
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
    }

    private static string Folder([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs/images"));
}
