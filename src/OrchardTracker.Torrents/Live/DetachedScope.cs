using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace OrchardTracker.Torrents.Live;

/// <summary>
/// Lets a request go on without the scope of its tenant: a stream that held one would keep a released shell, with all its
/// services, from ending for as long as somebody watches. What the request still uses must not come from the scope.
/// </summary>
/// <remarks>
/// Orchard Core disposes of a request's scope when the request ends, and once more does no harm. But before that it asks
/// whether one scope is left: then it takes it for this one and ends the shell with services that are gone. So when the
/// stream ends, two other scopes are there for just that while, and end as scopes do.
/// </remarks>
internal sealed class DetachedScope : IAsyncDisposable
{
    private readonly ShellContext _shell;
    private readonly HttpContext _httpContext;

    private DetachedScope(ShellContext shell, HttpContext httpContext)
    {
        _shell = shell;
        _httpContext = httpContext;
    }

    /// <summary>Whether the tenant has another shell by now.</summary>
    public bool IsShellReleased => _shell.Released;

    public static async Task<DetachedScope> BeginAsync(HttpContext httpContext)
    {
        var scope = ShellScope.Current;
        var detached = new DetachedScope(scope.ShellContext, httpContext);
        await scope.DisposeAsync();
        return detached;
    }

    public ValueTask DisposeAsync()
    {
        for (var count = 0; count < 2 && TryBegin() is { } scope; count++)
        {
            _httpContext.Response.OnCompleted(() => scope.UsingAsync(_ => Task.CompletedTask, activateShell: false));
        }

        return ValueTask.CompletedTask;
    }

    private ShellScope? TryBegin()
    {
        try
        {
            return new ShellScope(_shell);
        }
        catch (InvalidOperationException)
        {
            // The shell has ended, or is just doing so: nobody will ask it anything.
            return null;
        }
    }
}
