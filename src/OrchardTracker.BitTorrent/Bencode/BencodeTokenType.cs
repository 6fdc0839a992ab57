namespace OrchardTracker.BitTorrent;

/// <summary>What a <see cref="BencodeReader"/> stands on.</summary>
public enum BencodeTokenType
{
    /// <summary>Nothing yet: <see cref="BencodeReader.Read"/> was not called, or the document has ended.</summary>
    None,

    /// <summary><c>i…e</c></summary>
    Integer,

    /// <summary><c>n:…</c> as a value.</summary>
    String,

    /// <summary><c>n:…</c> as the key of a dictionary.</summary>
    Key,

    /// <summary><c>l</c></summary>
    StartList,

    /// <summary>The <c>e</c> of a list.</summary>
    EndList,

    /// <summary><c>d</c></summary>
    StartDictionary,

    /// <summary>The <c>e</c> of a dictionary.</summary>
    EndDictionary,
}
