using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Settings;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>The steps of an upload, the same on the site and in the admin: files, review, saved torrents.</summary>
public sealed class UploadPages(
    UploadIntake intake,
    UploadReviewer reviewer,
    TorrentUploader uploader,
    PendingUploads pending,
    ITorrentFacets facets,
    ISiteService siteService,
    IAuthorizationService authorization,
    IShapeFactory shapeFactory,
    IStringLocalizer<UploadPages> S)
{
    public async Task<IShape> FormAsync(ClaimsPrincipal user, string action)
    {
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        var mayPublish = await authorization.AuthorizeAsync(user, TorrentPermissions.ModerateTorrents)
            || await authorization.AuthorizeContentTypeAsync(user, CommonPermissions.PublishContent, TorrentContent.Type, IdOf(user));
        return await shapeFactory.CreateAsync<UploadFormViewModel>("TorrentUploadForm", model =>
        {
            model.Action = action;
            model.MaxAtOnce = settings.MaxAtOnce;
            model.MaxKiB = settings.MaxKiB;
            model.IsModerated = !mayPublish;
        });
    }

    /// <summary>Takes files in, to be reviewed.</summary>
    /// <returns>The name of their batch, or why they cannot be taken.</returns>
    public async Task<(string? Batch, LocalizedString? Fault)> TakeAsync(ClaimsPrincipal user, IReadOnlyList<IFormFile> files)
    {
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        if (files.Count == 0)
        {
            return (null, S["Choose at least one .torrent file."]);
        }

        if (files.Count > settings.MaxAtOnce)
        {
            return (null, S["These are {0} files; {1} are taken at once.", files.Count, settings.MaxAtOnce]);
        }

        var kept = new List<(string FileName, byte[] Bytes)>();
        foreach (var file in files)
        {
            kept.Add((Path.GetFileName(file.FileName), await intake.ReadAsync(file)));
        }

        return (await pending.AddAsync(IdOf(user), kept), null);
    }

    /// <returns>Null when there is no such batch of this user.</returns>
    public async Task<IShape?> ReviewAsync(ClaimsPrincipal user, string batch, string action)
    {
        var files = new List<(PendingUpload, UploadReview, bool)>();
        foreach (var file in await pending.FindAsync(IdOf(user), batch))
        {
            var review = await reviewer.ReviewAsync(file.Bytes);
            files.Add((file, review, review.Existing is { } existing && await authorization.AuthorizeAddingAsync(user, existing)));
        }

        var known = await facets.GetAsync();
        return files.Count == 0 ? null : await shapeFactory.CreateAsync<UploadReviewViewModel>("TorrentUploadReview", model =>
        {
            model.Action = action;
            model.Batch = batch;
            model.Files = files;
            model.Facets = known;
        });
    }

    /// <summary>A torrent of a batch as the site would keep it.</summary>
    public async Task<UploadReview?> FindAsync(ClaimsPrincipal user, string batch, int number)
    {
        var files = await pending.FindAsync(IdOf(user), batch);
        return files.Find(file => file.Number == number) is { } file ? await reviewer.ReviewAsync(file.Bytes) : null;
    }

    /// <returns>Null when there is no such batch of this user.</returns>
    public async Task<UploadOutcome?> SaveAsync(ClaimsPrincipal user, string batch, UploadSaveViewModel choices)
    {
        var files = await pending.FindAsync(IdOf(user), batch);
        if (files.Count == 0)
        {
            return null;
        }

        var (published, waiting, merged) = (new List<ContentItem>(), new List<ContentItem>(), 0);
        foreach (var file in files)
        {
            // Looked at again: the same torrent may stand twice in a batch, or have come meanwhile.
            var choice = choices.Torrents.Find(item => item.Number == file.Number);
            var review = await reviewer.ReviewAsync(file.Bytes);
            if (review.IsNew && choice?.Save == true)
            {
                var item = await uploader.SaveAsync(review, Details(choice), user);
                (item.Published ? published : waiting).Add(item);
            }
            else if (review is { Fault: null, Existing: { } existing } && choice?.Merge == true && await authorization.AuthorizeAddingAsync(user, existing))
            {
                merged += await uploader.MergeAsync(review);
            }
        }

        await pending.RemoveAsync(IdOf(user), batch);
        return new UploadOutcome(published, waiting, merged);
    }

    private static UploadDetails Details(UploadSaveItem choice) => new()
    {
        Title = choice.Title,
        Description = choice.Description ?? "",
        Terms = choice.Terms.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<string>)(pair.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    };

    private static string IdOf(ClaimsPrincipal user) => TorrentOwner.IdOf(user) ?? "";
}
