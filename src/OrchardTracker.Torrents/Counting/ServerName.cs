using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Tells the servers of a site apart: by machine and folder, so that one is the same after a restart.</summary>
public sealed class ServerName(IOptions<ShellOptions> shells)
{
    private const int Length = 32;

    /// <summary>Letters and digits.</summary>
    public string Value { get; } = Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{Path.GetFullPath(shells.Value.ShellsApplicationDataPath)}")))[..Length];
}
