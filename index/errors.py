"""What can go wrong with an index, each as a sentence that says what, where and what to do."""


class IndexFailure(Exception):
    """Any failure of this package that its caller is expected to show or to repair."""


class EmbedderUnavailable(IndexFailure):
    """The embedding model that the settings name cannot be loaded here."""


class IndexUnavailable(IndexFailure):
    """There is no index to search, or its files can be neither read nor written."""


class ServerUnavailable(IndexUnavailable):
    """The server that holds the index does not answer, or refuses."""


class IndexBusy(IndexUnavailable):
    """Another process is building this index at the moment."""


class DiskFull(IndexUnavailable):
    """The disk holds no more; the snapshot that was in use stays in use."""


class RebuildNeeded(IndexFailure):
    """A snapshot exists and must not be searched; building again puts it right."""


class ForeignModel(RebuildNeeded):
    """The snapshot was made with another embedding model; vectors of two models are never compared."""


class OlderFormat(RebuildNeeded):
    """The snapshot was written by another version of this code."""


class CorruptSnapshot(RebuildNeeded):
    """A file of the snapshot is missing, cut short or altered."""
