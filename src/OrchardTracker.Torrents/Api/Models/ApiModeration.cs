using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>What a moderator decides.</summary>
public sealed class ApiModeration
{
    [Description("publish, unpublish, freeLeech, endFreeLeech, delete or takeDown.")]
    public string? Action { get; init; }

    [Description("Why it is taken down; needed for that.")]
    public string? Reason { get; init; }
}
