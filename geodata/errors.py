"""Every error this product raises on purpose.

One root, `AtlasError`, and one leaf per kind of fault. Each leaf is also the builtin that a caller who knows
nothing of us would expect, so ``except ValueError`` keeps working. Messages say what is wrong, where, and the
remedy; they never hold a child's data.
"""


class AtlasError(Exception):
    """Root of all errors raised on purpose."""


class InputError(ValueError, AtlasError):
    """A file or value given by a person cannot be used as it is."""


class ContractError(InputError):
    """A file lacks what its dataset's contract asks for."""


class GeometryError(ValueError, AtlasError):
    """A shape is invalid, or shapes that should tile an area do not."""


class MissingCrsError(ValueError, AtlasError):
    """A frame has no coordinate reference system, or another than the one asked for."""


class NoSnapshotError(LookupError, AtlasError):
    """The workspace holds no snapshot, or not the one asked for."""


class ProfileError(ValueError, AtlasError):
    """A council's profile is incomplete or contradicts itself."""


class UsageError(ValueError, AtlasError):
    """A layer, scheme, period or option was asked for that does not exist; the message lists the valid ones."""


class WorkspaceBusyError(TimeoutError, AtlasError):
    """Another process holds the workspace's write lock."""
