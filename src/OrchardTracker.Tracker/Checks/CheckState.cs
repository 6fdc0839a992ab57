namespace OrchardTracker.Tracker.Checks;

/// <summary>How a check ended.</summary>
public enum CheckState
{
    Good,

    /// <summary>It works, and something can be better.</summary>
    Notice,

    /// <summary>Something must be mended.</summary>
    Bad,
}
