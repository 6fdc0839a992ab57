namespace OrchardTracker.Frontends;

/// <summary>Walks over the pairs of a raw query: nothing is decoded, nothing allocated.</summary>
internal ref struct QueryReader
{
    private ReadOnlySpan<char> _rest;

    /// <param name="query">With or without its question mark.</param>
    public QueryReader(ReadOnlySpan<char> query) => _rest = query.Length > 0 && query[0] == '?' ? query[1..] : query;

    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>Still escaped.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    public bool Read()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            var pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            Name = equals < 0 ? pair : pair[..equals];
            Value = equals < 0 ? [] : pair[(equals + 1)..];
            return true;
        }

        return false;
    }
}
