using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Contents;
using OrchardCore.Liquid;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Liquid;

/// <summary>
/// <c>{% assign items = "seeders" | torrents: 5 %}</c>: the content items of the first torrents by date, seeders, leechers,
/// completed, size or name; by default ten. None for a visitor who may not see torrents.
/// </summary>
public sealed class TorrentListFilter(TorrentLister lister, IAuthorizationService authorization, IHttpContextAccessor httpContextAccessor) : ILiquidFilter
{
    private const int Usual = 10;
    private const int Most = 100;

    public async ValueTask<FluidValue> ProcessAsync(FluidValue input, FilterArguments arguments, LiquidTemplateContext context)
    {
        if (httpContextAccessor.HttpContext is not { } http || !await authorization.AuthorizeContentTypeAsync(http.User, CommonPermissions.ViewContent, TorrentContent.Type))
        {
            return new ArrayValue([]);
        }

        var order = Enum.TryParse<TorrentOrder>(input.ToStringValue(), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : TorrentOrder.Date;
        var count = arguments.Count > 0 ? (int)Math.Clamp(arguments.At(0).ToNumberValue(), 1, Most) : Usual;
        var rows = await lister.ListAsync(new TorrentQuery { Order = order, IsAscending = order == TorrentOrder.Name }, count);
        return new ArrayValue([.. rows.Select(row => FluidValue.Create(row.ContentItem, context.Options))]);
    }
}
