namespace OrchardTracker.Node;

/// <summary>By what the page sorts.</summary>
public enum HomeOrder
{
    Name,
    Size,
    Seeders,
    Leechers,
    Downloads,
    Date,
}
