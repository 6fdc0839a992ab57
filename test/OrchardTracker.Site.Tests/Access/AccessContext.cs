using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Access;

/// <summary>What the samples of the matrix are made of.</summary>
public sealed class AccessContext(TestSite site, string userId)
{
    public const string UserName = "matrix-user";
    public const string OtherUserName = "matrix-other";

    public TestSite Site { get; } = site;

    /// <summary>Of the user whom the samples concern.</summary>
    public string UserId { get; } = userId;

    /// <summary>What a module has prepared for its samples, for example ids.</summary>
    public Dictionary<string, string> Values { get; } = [];
}
