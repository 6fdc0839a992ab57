namespace OrchardTracker.Web.Hosting;

/// <summary>Who administers the site.</summary>
/// <param name="Password">Known only at the start that sets the site up; afterwards only its hash exists.</param>
/// <param name="IsChosen">True when the operator has set the password himself: then it need not be told.</param>
internal sealed record SiteAdministrator(string Name, string? Password, bool IsChosen);
