using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Api.Models;
using OrchardTracker.Torrents.Controllers;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Torrents.Api;

/// <summary>What can be done by the API, through the services that our own pages use.</summary>
internal static class WriteEndpoints
{
    // Whoever sends what there is not learns it, instead of believing that it was done.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("", UploadAsync).WithName("UploadTorrent").WithSummary("Uploads a torrent. It is published if the caller may publish; otherwise a moderator decides.")
            .WithBody<ApiUpload>("multipart/form-data").WithMetadata(new RequestSizeLimitAttribute(UploadController.MostBytes))
            .Produces<ApiTorrent>(StatusCodes.Status201Created).Produces<ApiTorrent>().WithProblems(400, 401, 403, 409, 422);
        api.MapPatch("{infoHash}", EditAsync).WithName("EditTorrent").WithSummary("Changes what is told of a torrent.")
            .WithBody<ApiTorrentEdit>("application/json").Produces<ApiTorrentDetails>().WithProblems(400, 401, 403, 404, 422);
        api.MapDelete("{infoHash}", DeleteAsync).WithName("DeleteTorrent").WithSummary("Removes a torrent.")
            .Produces(StatusCodes.Status204NoContent).WithProblems(401, 403, 404, 422);
        api.MapPost("{infoHash}/moderation", ModerateAsync).WithName("ModerateTorrent").WithSummary("Publishes, unpublishes, takes down and so on: for moderators.")
            .WithBody<ApiModeration>("application/json").Produces(StatusCodes.Status204NoContent).WithProblems(400, 401, 403, 404, 422);
    }

    private static async Task<IResult> UploadAsync(
        HttpContext context, IAuthorizationService authorization, UploadIntake intake, UploadReviewer reviewer, TorrentUploader uploader, ApiTorrents torrents, TorrentLinks links)
    {
        if (context.User.Identity?.IsAuthenticated != true || !await authorization.AuthorizeAsync(context.User, TorrentPermissions.UploadTorrents))
        {
            return ApiProblem.NotAllowed(context);
        }

        var (form, fault) = await ReadFormAsync(context.Request);
        if (form?.Files["file"] is not { } file)
        {
            return ApiProblem.Bad(fault ?? "The field 'file' with a .torrent file is missing.");
        }

        var review = await reviewer.ReviewAsync(await intake.ReadAsync(file));
        if (review.Fault is { } reason)
        {
            return ApiProblem.Refused(reason.Value);
        }

        if (review.Existing is { } existing)
        {
            var page = await links.PageAsync(existing);
            if (form["merge"] != "true" || !await authorization.AuthorizeAddingAsync(context.User, existing))
            {
                return ApiProblem.Duplicate(review.Metainfo!.TrackerHashes[0].ToString(), page);
            }

            await uploader.MergeAsync(review);
            return TypedResults.Ok(await torrents.DescribeAsync(existing));
        }

        var item = await uploader.SaveAsync(review, ReadDetails(form), context.User);
        var saved = await torrents.DescribeAsync(item);
        return TypedResults.Created($"{links.Root}/api/torrents/{saved.InfoHash}", saved);
    }

    private static async Task<IResult> EditAsync(
        HttpContext context, string infoHash, IAuthorizationService authorization, TorrentEditor editor, TorrentItems items, ApiTorrents torrents)
    {
        var (item, problem) = await FindAsync(context, infoHash, items, editing => authorization.AuthorizeAsync(context.User, CommonPermissions.EditContent, editing));
        if (problem is not null)
        {
            return problem;
        }

        var (edit, fault) = await ReadJsonAsync<ApiTorrentEdit>(context.Request);
        if (edit is null || edit.HoldsNull)
        {
            return ApiProblem.Bad(fault ?? "No list may hold null.");
        }

        var (changed, refusal) = await editor.EditAsync(item!.ContentItemId, ToDetails(edit), edit.Trackers, edit.WebSeeds, context.User);
        return changed is null ? ApiProblem.Refused(refusal!) : TypedResults.Ok(await torrents.DescribeAllAsync(changed, context.User));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string infoHash, IAuthorizationService authorization, TorrentModerator moderator, TorrentItems items)
    {
        var (item, problem) = await FindAsync(context, infoHash, items, async removed =>
            await authorization.AuthorizeAsync(context.User, TorrentPermissions.ModerateTorrents) || await authorization.AuthorizeAsync(context.User, CommonPermissions.DeleteContent, removed));
        return problem ?? (await moderator.DeleteAsync(item!) ? TypedResults.NoContent() : ApiProblem.Refused("It could not be removed."));
    }

    private static async Task<IResult> ModerateAsync(
        HttpContext context, string infoHash, IAuthorizationService authorization, TorrentModerator moderator, TorrentItems items)
    {
        var (item, problem) = await FindAsync(context, infoHash, items, _ => authorization.AuthorizeAsync(context.User, TorrentPermissions.ModerateTorrents));
        if (problem is not null)
        {
            return problem;
        }

        var (decision, fault) = await ReadJsonAsync<ApiModeration>(context.Request);
        if (decision is null)
        {
            return ApiProblem.Bad(fault!);
        }

        if (decision.Action == "takeDown" && string.IsNullOrWhiteSpace(decision.Reason))
        {
            return ApiProblem.Bad("A takedown needs a 'reason'.");
        }

        bool? done = decision.Action switch
        {
            "publish" => await moderator.PublishAsync(item!),
            "unpublish" => await moderator.UnpublishAsync(item!),
            "freeLeech" => await moderator.SetFreeLeechAsync(item!, isFree: true),
            "endFreeLeech" => await moderator.SetFreeLeechAsync(item!, isFree: false),
            "delete" => await moderator.DeleteAsync(item!),
            "takeDown" => await moderator.TakeDownAsync(item!, decision.Reason!.Trim(), context.User.Identity?.Name),
            _ => null,
        };
        return done switch
        {
            null => ApiProblem.Bad("'action' is publish, unpublish, freeLeech, endFreeLeech, delete or takeDown."),
            false => ApiProblem.Refused("That could not be done with this torrent."),
            _ => TypedResults.NoContent(),
        };
    }

    /// <summary>The latest version. Who may not is told so before he learns whether there is such a torrent.</summary>
    private static async Task<(ContentItem? Item, IResult? Problem)> FindAsync(
        HttpContext context, string infoHash, TorrentItems items, Func<ContentItem, Task<bool>> isAllowed)
    {
        if (context.User.Identity?.IsAuthenticated != true)
        {
            return (null, ApiProblem.NotAllowed(context));
        }

        if (!ApiHash.TryRead(infoHash, out var text) || !InfoHash.TryParseHex(text, out var hash) || await items.FindVersionsAsync(hash) is not [var latest, ..])
        {
            return (null, ApiProblem.NoTorrent());
        }

        return await isAllowed(latest) ? (latest, null) : (null, ApiProblem.NotAllowed(context));
    }

    private static UploadDetails ReadDetails(IFormCollection form) => new()
    {
        Title = form["title"],
        Description = form["description"].ToString(),
        Terms = form.ToDictionary(
            field => field.Key,
            field => (IReadOnlyList<string>)[.. field.Value.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]),
    };

    private static UploadDetails ToDetails(ApiTorrentEdit edit) => new()
    {
        Title = edit.Title,
        Description = edit.Description,
        Terms = (edit.Terms ?? []).ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value),
    };

    private static async Task<(IFormCollection? Form, string? Fault)> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? (await request.ReadFormAsync(), null) : (null, "The body is multipart/form-data.");
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or IOException)
        {
            return (null, "The form cannot be read: " + error.Message);
        }
    }

    private static async Task<(T? Value, string? Fault)> ReadJsonAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return request.HasJsonContentType() && await request.ReadFromJsonAsync<T>(Json) is { } value ? (value, null) : (null, "The body is a JSON object.");
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            return (null, "The JSON cannot be read: " + error.Message);
        }
    }
}
