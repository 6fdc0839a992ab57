namespace OrchardTracker.Site.Tests.Access;

/// <summary>The rows of one module in the access matrix; found by its type, needs a constructor without parameters.</summary>
public interface IAccessRows
{
    IEnumerable<AccessRow> Rows { get; }

    /// <summary>
    /// What the module answers in a startup filter, before routing, where no list of routes tells of it. Each needs a row.
    /// </summary>
    IEnumerable<string> RoutesBeforeRouting => [];

    /// <summary>Makes what the samples need.</summary>
    Task PrepareAsync(AccessContext context) => Task.CompletedTask;
}
