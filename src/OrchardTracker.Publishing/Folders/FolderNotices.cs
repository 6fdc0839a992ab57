namespace OrchardTracker.Publishing;

/// <summary>Tells each thing once, however often the folder is looked at. Thread-safe.</summary>
internal sealed class FolderNotices(Action<FolderNotice> tell)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(FolderNoticeKind Kind, string? Name), string> _told = [];

    /// <summary>Tells what lasts, unless it was told already.</summary>
    public void Set(FolderNotice notice)
    {
        var text = notice.Message?.ToString() ?? "";
        lock (_gate)
        {
            if (_told.TryGetValue((notice.Kind, notice.Name), out var old) && old == text)
            {
                return;
            }

            _told[(notice.Kind, notice.Name)] = text;
        }

        tell(notice);
    }

    /// <summary>Tells what happened.</summary>
    public void Raise(FolderNotice notice) => tell(notice);

    public void Clear(FolderNoticeKind kind, string? name)
    {
        bool wasTold;
        lock (_gate)
        {
            wasTold = _told.Remove((kind, name));
        }

        if (wasTold && kind == FolderNoticeKind.FolderUnavailable)
        {
            tell(new FolderNotice(FolderNoticeKind.FolderAvailable));
        }
    }

    /// <summary>Forgets what was told of names that are no longer there.</summary>
    public void ClearExcept(IReadOnlySet<string> names)
    {
        lock (_gate)
        {
            foreach (var key in _told.Keys.Where(key => key.Name is { } name && !names.Contains(name)).ToArray())
            {
                _told.Remove(key);
            }
        }
    }
}
