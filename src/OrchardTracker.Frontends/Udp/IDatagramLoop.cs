namespace OrchardTracker.Frontends;

/// <summary>One socket's work: takes datagrams, hands them to the protocol, sends what it answers.</summary>
internal interface IDatagramLoop : IDisposable
{
    /// <summary>Works on the calling thread until <paramref name="stopping"/> says so; a waiting call ends at once where the system can shut the socket down, and within half a second elsewhere.</summary>
    void Run(CancellationToken stopping);
}
