namespace OrchardTracker.BitTorrent;

/// <summary>Collects what is odd but harmless: of each kind the first case, so that the list stays short.</summary>
internal sealed class WarningList
{
    private readonly List<MetainfoMessage> _messages = [];

    public IReadOnlyList<MetainfoMessage> Messages => _messages;

    public void Add(string template, params object[] arguments)
    {
        if (!_messages.Exists(message => message.Template == template))
        {
            _messages.Add(new MetainfoMessage(template, arguments));
        }
    }
}
