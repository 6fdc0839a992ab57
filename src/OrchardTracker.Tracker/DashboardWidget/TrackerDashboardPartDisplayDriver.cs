using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardTracker.Tracker.Statistics;

namespace OrchardTracker.Tracker.DashboardWidget;

/// <summary>Shows nothing to who may not view the statistics, whoever has put the widget there.</summary>
internal sealed class TrackerDashboardPartDisplayDriver(
    TrackerFigures figures, IHttpContextAccessor httpContextAccessor, IAuthorizationService authorizationService) : ContentPartDisplayDriver<TrackerDashboardPart>
{
    public override async Task<IDisplayResult?> DisplayAsync(TrackerDashboardPart part, BuildPartDisplayContext context) =>
        await authorizationService.AuthorizeAsync(httpContextAccessor.HttpContext?.User, TrackerPermissions.ViewStatistics)
            ? Initialize<TrackerWidgetViewModel>("TrackerDashboardPart", model => model.Figures = figures.Read(isDetailed: false))
                .Location(OrchardCoreConstants.DisplayType.DetailAdmin, "Content:5")
            : null;
}
