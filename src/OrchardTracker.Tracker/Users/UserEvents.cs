using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace OrchardTracker.Tracker.Users;

/// <summary>Tells the tracker what happens to a user of the site.</summary>
internal sealed class UserEvents(UserDirectory directory) : UserEventHandlerBase
{
    public override Task CreatedAsync(UserCreateContext context) => RefreshAsync(context);

    public override Task UpdatedAsync(UserUpdateContext context) => RefreshAsync(context);

    public override Task EnabledAsync(UserContext context) => RefreshAsync(context);

    public override Task DisabledAsync(UserContext context) => RefreshAsync(context);

    public override Task DeletedAsync(UserDeleteContext context) =>
        context.User is User user ? directory.RemoveAsync(user) : Task.CompletedTask;

    private Task RefreshAsync(UserContextBase context) =>
        context.User is User user ? directory.RefreshAsync(user) : Task.CompletedTask;
}
