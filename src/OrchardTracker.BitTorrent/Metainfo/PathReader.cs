using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>Reads and checks names and paths; each way of writing them passes through here.</summary>
internal sealed class PathReader(MetainfoLimits limits, TextDecoder text, WarningList warnings)
{
    private long _total;

    public MetainfoLimits Limits => limits;

    public string ReadName(ReadOnlySpan<byte> bytes)
    {
        // Text may be three times as long as its bytes, and a message shows some of it: look at the length first.
        if (bytes.Length > limits.MaxPathBytes)
        {
            throw new MetainfoException("A name is {0} bytes long; {1} are allowed.", bytes.Length, limits.MaxNameBytes);
        }

        var name = text.Decode(bytes);
        if (PathRules.FindFault(name, limits) is { } fault)
        {
            throw new MetainfoException(fault);
        }

        PathRules.Warn(name, warnings);
        return name;
    }

    /// <summary>From a key whose value is a list of names, all of them.</summary>
    public List<string> Read(ref BencodeReader reader)
    {
        reader.Read();
        if (reader.TokenType != BencodeTokenType.StartList)
        {
            throw new MetainfoException("The path of a file must be a list of names.");
        }

        var path = new List<string>(2);
        while (reader.Read() && reader.TokenType != BencodeTokenType.EndList)
        {
            if (reader.TokenType != BencodeTokenType.String)
            {
                throw new MetainfoException("The path of a file must be a list of names.");
            }

            path.Add(ReadName(reader.ValueSpan));
            if (path.Count > limits.MaxPathDepth)
            {
                throw new MetainfoException("A path has more than {0} folders.", limits.MaxPathDepth);
            }
        }

        return path;
    }

    /// <summary>Holds a whole path against the longest one that is allowed.</summary>
    public void CheckLength(string name, IReadOnlyList<string> path)
    {
        var bytes = Encoding.UTF8.GetByteCount(name);
        foreach (var segment in path)
        {
            bytes += 1 + Encoding.UTF8.GetByteCount(segment);
        }

        if (bytes > limits.MaxPathBytes)
        {
            throw new MetainfoException(
                "The path of '{0}' is {1} bytes long; {2} are allowed.", PathRules.Show(path[^1]), bytes, limits.MaxPathBytes);
        }

        // A tree names a folder once for all files in it, while each of these files is given its whole path here.
        _total += bytes;
        if (_total > limits.MaxTotalPathBytes)
        {
            throw new MetainfoException("The paths of all files are longer than {0} bytes.", limits.MaxTotalPathBytes);
        }
    }
}
