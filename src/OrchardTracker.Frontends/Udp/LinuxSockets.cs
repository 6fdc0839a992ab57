using System.Runtime.InteropServices;

namespace OrchardTracker.Frontends;

/// <summary>What Linux offers and .NET does not: many datagrams a system call.</summary>
internal static unsafe partial class LinuxSockets
{
    /// <summary>Return as soon as there is one datagram, with all that are there.</summary>
    public const int WaitForOne = 0x10000;

    public const int SolSocket = 1;
    public const int ReusePort = 15;

    /// <summary>The layouts below are those of 64-bit systems.</summary>
    public static bool HasBatches => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(nint socket, MessageHead* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMany(nint socket, MessageHead* messages, uint count, int flags);

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Piece
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>
    /// <c>struct mmsghdr</c>: a <c>struct msghdr</c>, which ends in four bytes of nothing, and the length that came or went.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHead
    {
        public byte* Name;
        public uint NameLength;
        public Piece* Pieces;
        public nuint PieceCount;
        public void* Control;
        public nuint ControlLength;
        public nint Flags;
        public uint Length;
    }
}
