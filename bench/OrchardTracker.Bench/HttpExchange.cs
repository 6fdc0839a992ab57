using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrchardTracker.Bench;

/// <summary>
/// A request and its response without a server around: used again for each request, as servers do, with headers and a
/// body that are kept without allocating, as Kestrel's are.
/// </summary>
internal sealed class HttpExchange : IHttpResponseBodyFeature
{
    private readonly DefaultHttpContext _context;
    private readonly HttpRequestFeature _request = new() { Method = "GET", Path = "/announce" };
    private readonly HttpConnectionFeature _connection = new();
    private readonly Discarded _body = new();

    public HttpExchange()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(_request);
        features.Set<IHttpConnectionFeature>(_connection);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature { Headers = new KeptHeaders() });
        features.Set<IHttpResponseBodyFeature>(this);
        _context = new DefaultHttpContext(features);
    }

    /// <summary>The length of the body.</summary>
    public long Length => _body.Length;

    public Stream Stream => Stream.Null;

    public PipeWriter Writer => _body;

    public HttpContext Begin(string query, IPAddress address)
    {
        _request.QueryString = query;
        _connection.RemoteIpAddress = address;
        _body.Length = 0;
        return _context;
    }

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private sealed class Discarded : PipeWriter
    {
        private readonly byte[] _buffer = new byte[1 << 16];

        public long Length { get; set; }

        public override void Advance(int bytes) => Length += bytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;
    }
}
