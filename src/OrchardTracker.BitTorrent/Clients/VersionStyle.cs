namespace OrchardTracker.BitTorrent;

/// <summary>How a client writes its version into four characters.</summary>
internal enum VersionStyle
{
    /// <summary>Not at all, or nobody knows how.</summary>
    None,

    /// <summary><c>2080</c> is 2.0.8, <c>50A0</c> is 5.0.10: one digit a part, letters above nine, a zero at the end left out.</summary>
    Digits,

    /// <summary><c>0171</c> is 1.71.</summary>
    Pairs,

    /// <summary><c>0205</c> is 2.5.</summary>
    Numbers,

    /// <summary><c>0250</c> is 0.25.0: the second part has two digits.</summary>
    WideMinor,

    /// <summary>As <see cref="Digits"/>, the fourth character being a mark of the build.</summary>
    MarkedDigits,

    /// <summary>Transmission's: <c>2940</c> is 2.94, <c>4060</c> is 4.0.6, <c>Z</c> and <c>X</c> mark builds in between.</summary>
    Transmission,
}
