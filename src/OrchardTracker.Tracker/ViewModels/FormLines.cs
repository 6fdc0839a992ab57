namespace OrchardTracker.Tracker.ViewModels;

/// <summary>Lists as the lines of a text area.</summary>
internal static class FormLines
{
    public static string Join(IEnumerable<string> entries) => string.Join('\n', entries);

    public static string[] Split(string? text) =>
        (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
