using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>Something that whoever runs the folder should know.</summary>
/// <param name="Name">The file or folder it is about; null for the published folder itself.</param>
/// <param name="Message">What is the matter; null when it is well again.</param>
public sealed record FolderNotice(FolderNoticeKind Kind, string? Name = null, MetainfoMessage? Message = null, Exception? Exception = null);
