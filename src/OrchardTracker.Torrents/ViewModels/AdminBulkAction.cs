namespace OrchardTracker.Torrents.ViewModels;

/// <summary>What can be done with several torrents at once.</summary>
public enum AdminBulkAction
{
    None,
    Publish,
    Unpublish,
    FreeLeech,
    EndFreeLeech,
    Delete,
    TakeDown,
}
