using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>A form of a page, filled in as it came; a test changes what it means to and sends it as a browser would.</summary>
public sealed class PageForm
{
    private readonly HttpClient _client;
    private readonly string _action;
    private readonly List<KeyValuePair<string, string>> _fields;

    private PageForm(HttpClient client, string action, List<KeyValuePair<string, string>> fields)
    {
        _client = client;
        _action = action;
        _fields = fields;
    }

    /// <summary>Reads the form of a page that posts, by default the first that has an antiforgery token.</summary>
    /// <param name="selector">CSS, for another form.</param>
    public static async Task<PageForm> ReadAsync(HttpClient client, string page, string selector = "form[method=post]:has([name=__RequestVerificationToken])")
    {
        var document = new HtmlParser().ParseDocument(await client.GetStringAsync(page));
        var form = document.QuerySelectorAll(selector).OfType<IHtmlFormElement>().FirstOrDefault(form => !form.GetAttribute("action")?.Contains("LogOff", StringComparison.OrdinalIgnoreCase) ?? true);
        Assert.True(form is not null, $"/{page} holds no such form.");
        var action = form.GetAttribute("action");
        return new PageForm(client, string.IsNullOrEmpty(action) ? page : action, [.. FieldsOf(form)]);
    }

    /// <summary>Fills a field, found by the last part of its name.</summary>
    public PageForm Set(string field, string value)
    {
        var name = _fields.Find(entry => entry.Key == field || entry.Key.EndsWith("." + field, StringComparison.Ordinal)).Key;
        Assert.True(name is not null, $"The form has no field {field}; it has {string.Join(", ", _fields.Select(entry => entry.Key))}.");
        _fields.RemoveAll(entry => entry.Key == name);
        _fields.Add(new(name, value));
        return this;
    }

    /// <summary>Adds what the form does not hold yet, such as the button that is pressed.</summary>
    public PageForm Add(string name, string value)
    {
        _fields.Add(new(name, value));
        return this;
    }

    /// <summary>The greatest number for which there is a field of a pattern such as <c>Rules[{0}].Folder</c>.</summary>
    public int LastIndexOf(string pattern)
    {
        var index = -1;
        while (Get(string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, index + 1)) is not null)
        {
            index++;
        }

        return index;
    }

    public string Get(string field) =>
        _fields.Find(entry => entry.Key == field || entry.Key.EndsWith("." + field, StringComparison.Ordinal)).Value;

    public Task<HttpResponseMessage> SendAsync() => _client.PostAsync(_action, new FormUrlEncodedContent(_fields));

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when box.Name is { Length: > 0 }:
                    if (box.IsChecked)
                    {
                        yield return new(box.Name, box.Value);
                    }

                    break;
                case IHtmlInputElement { Type: not ("submit" or "button" or "file") } input when input.Name is { Length: > 0 }:
                    yield return new(input.Name, input.Value);
                    break;
                case IHtmlSelectElement select when select.Name is { Length: > 0 }:
                    yield return new(select.Name, select.Value ?? "");
                    break;
                case IHtmlTextAreaElement area when area.Name is { Length: > 0 }:
                    yield return new(area.Name, area.Value);
                    break;
            }
        }
    }
}
