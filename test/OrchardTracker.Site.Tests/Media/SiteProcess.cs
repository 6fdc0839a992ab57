using System.Diagnostics;
using System.Net;
using OrchardTracker.Interop.Tests;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>The site as a process of its own, which can be killed.</summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SiteProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <param name="folder">Of a site that has been set up.</param>
    public static async Task<SiteProcess> StartAsync(string folder)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var tool = Tool.Require("dotnet", "dotnet-sdk-10.0");
        var process = tool.Start(
            Path.Combine(AppContext.BaseDirectory, "OrchardTracker.Web.dll"), $"--contentRoot={folder}", $"--Urls={url}", $"--OrchardTracker:AdminPassword={TestSite.Password}");
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        var site = new SiteProcess(process, url);
        using var client = new HttpClient();
        await MediaSteps.EventuallyAsync(() => AnswersAsync(client, url), () => $"The site does not answer; it has {(process.HasExited ? "ended" : "not ended")}.");
        return site;
    }

    /// <summary>A client with the administrator's session.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };
        using var response = await client.PostFormAsync("Login", new() { ["LoginForm.UserName"] = TestSite.AdminName, ["LoginForm.Password"] = TestSite.Password });
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return client;
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri url)
    {
        try
        {
            using var response = await client.GetAsync(url);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
