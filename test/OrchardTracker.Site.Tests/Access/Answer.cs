namespace OrchardTracker.Site.Tests.Access;

/// <summary>How a site answers somebody, as far as access goes.</summary>
public enum Answer
{
    /// <summary>It does what was asked, or says by a redirect that it has done it.</summary>
    Given,

    /// <summary>It asks him to sign in.</summary>
    SignIn,

    /// <summary>It knows him and does not let him.</summary>
    Forbidden,

    /// <summary>It says that there is nothing.</summary>
    NotFound,

    /// <summary>It takes him as it takes everybody, and what he sent is wrong.</summary>
    BadRequest,
}
