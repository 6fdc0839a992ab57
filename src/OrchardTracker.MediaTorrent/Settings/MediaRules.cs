using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Settings;
using OrchardTracker.MediaTorrent.Entries;

namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>Decides by the site's rules what is to happen to a file. To be asked within a scope of the tenant.</summary>
public sealed partial class MediaRules(ISiteService sites, IContentTypeProvider contentTypes, ILogger<MediaRules> logger)
{
    private const string UnknownType = "application/octet-stream";

    private static readonly MediaRule NoRule = new();

    private volatile MediaTorrentSettings _last = new();

    public async Task<MediaTorrentSettings> GetSettingsAsync()
    {
        // Whoever writes a file outside of any scope gets what was known last.
        if (ShellScope.Current is not null)
        {
            _last = await ReadAsync();
        }

        return _last;
    }

    private async Task<MediaTorrentSettings> ReadAsync()
    {
        try
        {
            var settings = await sites.GetSettingsAsync<MediaTorrentSettings>();

            // A recipe may bring anything.
            settings.Choices ??= new MediaChoices();
            settings.SeederAddresses ??= [];
            settings.Rules = [.. settings.Rules?.Where(rule => rule is { Choices: not null, Folder: not null, Names: not null, MediaTypes: not null }) ?? []];
            return settings;
        }
        catch (JsonException error)
        {
            LogUnreadable(logger, error.Message);
            return _last;
        }
    }

    /// <param name="length">In bytes; null where it is not known.</param>
    /// <param name="differing">Where the file differs from its rule.</param>
    public async Task<MediaDecision> DecideAsync(string path, long? length, MediaOverride? differing = null)
    {
        var settings = await GetSettingsAsync();
        var mediaType = contentTypes.TryGetContentType(path, out var known) ? known : UnknownType;
        var rule = settings.Rules.FirstOrDefault(rule => rule.Fits(path, length, mediaType)) ?? (NoRule with { Choices = settings.Choices });
        return Decide(settings, rule, path, differing);
    }

    /// <summary>What is to happen to a file or folder that has an entry.</summary>
    public async Task<MediaDecision> DecideAsync(MediaEntry entry)
    {
        if (!entry.IsFolder)
        {
            return await DecideAsync(entry.Path, entry.Length, entry.Override);
        }

        var settings = await GetSettingsAsync();
        var rule = settings.Rules.FirstOrDefault(rule => rule.FindFolder(entry.Path + "/") == entry.Path) ?? (NoRule with { Choices = settings.Choices });
        return Decide(settings, rule, entry.Path + "/", entry.Override);
    }

    private static MediaDecision Decide(MediaTorrentSettings settings, MediaRule rule, string path, MediaOverride? differing)
    {
        var choices = differing?.ApplyTo(rule.Choices) ?? rule.Choices;
        return new MediaDecision(choices with { Make = choices.Make && (settings.IsOn || differing?.Make == true) }, rule.FindFolder(path));
    }

    /// <summary>Whether any file at all may have to be hidden.</summary>
    public async Task<bool> HidesAnythingAsync()
    {
        var settings = await GetSettingsAsync();
        return settings.Choices.IsTorrentOnly || settings.Rules.Any(rule => rule.Choices.IsTorrentOnly);
    }

    [LoggerMessage(LogLevel.Error, "The settings of media torrents cannot be read, and those before them count ({Reason}). Save them on their page in the admin.")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}
