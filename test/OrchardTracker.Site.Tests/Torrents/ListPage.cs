using System.Net;
using System.Text.RegularExpressions;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Reads the list as it is shown.</summary>
internal static partial class ListPage
{
    public static List<string> Titles(string html) =>
        [.. TitleLink().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("""<th scope="row" class="ot-title">\s*<a[^>]*><bdi>([^<]*)</bdi>""")]
    private static partial Regex TitleLink();
}
