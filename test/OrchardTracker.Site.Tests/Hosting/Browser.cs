using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>Debian's Chromium, one process for the whole run; each page has a profile of its own.</summary>
public static class Browser
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>The messages of the themes vanish after five seconds, be they read by then or not: here they stay.</summary>
    private const string KeepMessages =
        "addEventListener('show.bs.toast', shown => { window.bootstrap.Toast.getInstance(shown.target)._config.autohide = false; }, true);";

    private static readonly Regex LoginPage = new("/Login", RegexOptions.IgnoreCase);

    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);
    private static readonly ConditionalWeakTable<TestSite, ConcurrentBag<IBrowserContext>> Contexts = [];

    /// <summary>Opens a page without a session. Skips the test by name where there is no Chromium.</summary>
    /// <param name="width">375 for a phone.</param>
    public static async Task<IPage> OpenAsync(this TestSite site, int width = 1280, bool withScript = true)
    {
        Assert.SkipUnless(File.Exists(Chromium), "There is no Chromium here: apt-get install chromium.");
        var context = await (await Shared.Value).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.Url.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = withScript,
            Locale = "en-US",
        });
        Contexts.GetOrCreateValue(site).Add(context);
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(KeepMessages);
        return await context.NewPageAsync();
    }

    /// <summary>Opens a page with the session of a user.</summary>
    public static async Task<IPage> OpenAsAsync(this TestSite site, string name, int width = 1280)
    {
        var page = await site.OpenAsync(width);
        await page.SignInAsync(name);
        return page;
    }

    /// <summary>Closes all pages of a site: some of them ask it for news without end.</summary>
    public static async Task ClosePagesAsync(this TestSite site)
    {
        if (Contexts.TryGetValue(site, out var contexts))
        {
            foreach (var context in contexts)
            {
                await context.CloseAsync();
            }
        }
    }

    /// <summary>Signs a user in by the site's login page.</summary>
    public static async Task SignInAsync(this IPage page, string name)
    {
        await page.GotoAsync("Login");
        await page.FillAsync("#LoginForm_UserName", name);
        await page.FillAsync("#LoginForm_Password", TestSite.Password);
        await page.PressAsync("#LoginForm_Password", "Enter");
        await Assertions.Expect(page).Not.ToHaveURLAsync(LoginPage);
    }

    /// <summary>
    /// Clicks on what leads to another document, be it at the same address, and waits until that is there. Playwright's own
    /// waits for a load begin with whatever document there is, which may still be the one that was clicked in.
    /// </summary>
    public static Task LeaveByAsync(this IPage page, string selector) => page.LeaveByAsync(page.Locator(selector));

    /// <inheritdoc cref="LeaveByAsync(IPage, string)"/>
    public static async Task LeaveByAsync(this IPage page, ILocator link)
    {
        await page.EvaluateAsync("() => { window.isBeingLeft = true; }");
        await link.ClickAsync();
        await page.WaitForFunctionAsync("() => !window.isBeingLeft && document.readyState === 'complete'");
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return browser;
    }
}
