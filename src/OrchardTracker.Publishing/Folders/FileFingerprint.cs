using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrchardTracker.Publishing;

/// <summary>A SHA-256 of names, sizes and times of files, in the order in which they are added.</summary>
internal sealed class FileFingerprint
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public FileFingerprint(string salt) => Add(salt);

    public void Add(FolderFile file)
    {
        foreach (var segment in file.Path)
        {
            Add(segment);
        }

        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, file.Length);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], file.ModifiedUtc.Ticks);
        _hash.AppendData(numbers);
    }

    /// <summary>In hexadecimal digits. Nothing can be added afterwards.</summary>
    public string Finish()
    {
        using (_hash)
        {
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }
    }

    private void Add(string text)
    {
        _hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        _hash.AppendData([0, 0]);
    }
}
