namespace OrchardTracker.Site.Tests.Media;

/// <summary>An upload that stops halfway, until it is told to go on.</summary>
internal sealed class HalfwayStream(byte[] bytes) : MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true)
{
    private readonly TaskCompletionSource _halfway = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Halfway => _halfway.Task;

    public void GoOn() => _goesOn.TrySetResult();

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(GetBuffer().AsMemory(0, (int)Length / 2), cancellationToken);
        await destination.FlushAsync(cancellationToken);
        Position = Length / 2;
        _halfway.TrySetResult();
        await _goesOn.Task;
        await base.CopyToAsync(destination, bufferSize, cancellationToken);
    }
}
