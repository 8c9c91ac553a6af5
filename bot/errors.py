"""One tree of errors. What a `UserError` says is shown to the person who asked; all else is ours to mend."""


class PaperRoundError(Exception):
    """Root of every error this product raises on purpose."""


class UserError(PaperRoundError):
    """Something the asker can mend. Its text is a whole sentence for them and says what to do next."""


class SettingsError(PaperRoundError):
    """A setting is missing or wrong. Its text names the setting, never a secret value."""


class SourceUnavailable(PaperRoundError):
    """A source of papers did not answer, or answered with something that is no answer. Worth trying again later."""


class FullTextUnavailable(PaperRoundError):
    """A paper's full text cannot be had: arXiv has none that can be read, or does not give it now."""


class StoreError(PaperRoundError):
    """The database is missing, of another version, or out of reach. Its text says what to run."""


class TeamChanged(PaperRoundError):
    """A workspace was linked or unlinked while something was done for its team: that is to be begun anew."""


class PlatformError(PaperRoundError):
    """A chat platform refused or lost a message.

    `permanent` tells that repeating it cannot help: the channel is gone or closed to us.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
