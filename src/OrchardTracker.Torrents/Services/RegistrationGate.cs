namespace OrchardTracker.Torrents.Services;

/// <summary>Lets one at a time read what the database says of a torrent and tell it: the last word is then the newest. One for the shell.</summary>
public sealed class RegistrationGate : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(1);

    /// <returns>To be disposed of by who leaves.</returns>
    public async Task<IDisposable> EnterAsync()
    {
        await _semaphore.WaitAsync();
        return new Exit(_semaphore);
    }

    public void Dispose() => _semaphore.Dispose();

    private sealed class Exit(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
