using System.Security.Cryptography;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>
/// Connection ids without a table (BEP 15): the minute of issue in one byte, a keyed hash of it and of the address in
/// seven. They prove that the sender receives at its address, and hold for two minutes at least and three at most.
/// </summary>
internal sealed class ConnectionIds
{
    private const int MinuteShift = 56;
    private const ulong HashMask = (1UL << MinuteShift) - 1;
    private const int MinutesValid = 3;

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly SipHash _hash;

    public ConnectionIds(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        var key = RandomNumberGenerator.GetBytes(16);
        _hash = new SipHash(BitConverter.ToUInt64(key), BitConverter.ToUInt64(key, 8));
    }

    public ulong Issue(in PeerAddress address) => Make(address, Minute);

    public bool IsValid(ulong id, in PeerAddress address)
    {
        var now = Minute;
        var age = (byte)(now - (byte)(id >> MinuteShift));

        // One subtraction and one comparison over all bits: the time tells nothing of how many were right.
        return age < MinutesValid && age <= now && (id ^ Make(address, now - age)) == 0;
    }

    private long Minute => (long)_time.GetElapsedTime(_start).TotalMinutes;

    private ulong Make(in PeerAddress address, long minute) =>
        (ulong)(byte)minute << MinuteShift
        | (_hash.Compute(address.Host, address.IsV6 ? address.Network : ulong.MaxValue, (ulong)minute) & HashMask);
}
