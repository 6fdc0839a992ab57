using OrchardTracker.Interop.Tests;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A disk in memory that is soon full, with a file on it that can be taken away to make room. Skips the test where nothing can be mounted.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Bytes = 8 << 20;

    private readonly Tool _unmount;

    private SmallDisk(Tool unmount, string folder)
    {
        _unmount = unmount;
        Folder = folder;
    }

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, ".ballast");

    /// <param name="folder">Made if it is not there.</param>
    public static async Task<SmallDisk> MountAsync(string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has disks in memory.");
        var mount = Tool.Require("mount", "mount");
        var unmount = Tool.Require("umount", "mount");
        Directory.CreateDirectory(folder);
        var (exitCode, _, error) = await mount.TryRunAsync(["-t", "tmpfs", "-o", $"size={Bytes}", "tmpfs", folder]);
        Assert.SkipWhen(exitCode != 0, $"Nothing can be mounted here: {error}");
        return new SmallDisk(unmount, folder);
    }

    /// <summary>Leaves room for so many bytes.</summary>
    public async Task FillAsync(int left) => await File.WriteAllBytesAsync(Ballast, new byte[Bytes - left]);

    public void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => await _unmount.RunAsync("--lazy", Folder);
}
