namespace OrchardTracker.Site.Tests.Access;

/// <summary>Who may call a route, with one request as a sample.</summary>
/// <param name="Route">As <see cref="SiteRoutes"/> names it.</param>
/// <param name="Sample">Makes the request anew for each caller; POST requests get the caller's antiforgery token.</param>
/// <param name="User">The user whom the sample concerns: the owner of what it names.</param>
/// <param name="OtherUser">Another one who has signed in.</param>
public sealed record AccessRow(
    string Route, Func<AccessContext, HttpRequestMessage> Sample, Answer Anonymous, Answer User, Answer OtherUser, Answer Administrator)
{
    /// <summary>The administrator of another tenant is nobody here, whatever cookies he brings.</summary>
    public Answer OtherTenant => Anonymous;

    /// <summary>A row for a GET of a fixed path.</summary>
    public static AccessRow Get(string route, string path, Answer anonymous, Answer user, Answer otherUser, Answer administrator) =>
        new(route, _ => new HttpRequestMessage(HttpMethod.Get, path), anonymous, user, otherUser, administrator);

    /// <summary>A row for a GET that everybody may send.</summary>
    public static AccessRow Open(string route, string path) =>
        Get(route, path, Answer.Given, Answer.Given, Answer.Given, Answer.Given);

    /// <summary>A row for a GET that only administrators may send.</summary>
    public static AccessRow Admin(string route, string path) =>
        Get(route, path, Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given);
}
