using OrchardTracker.Tracker.Lists;

namespace OrchardTracker.Tracker.ViewModels;

public class AddBanViewModel
{
    public BanKind Kind { get; set; }

    /// <summary>An address or network, the name of a user, or the beginning of a peer id.</summary>
    public string? Value { get; set; }

    public string? Reason { get; set; }

    /// <summary>In the time of the site; none for a ban without an end.</summary>
    public DateTime? EndsAt { get; set; }
}
