"""Encryption of what must be kept and must not be read in the database."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsError


def new_key() -> str:
    """A key for SECRET_KEYS."""
    return Fernet.generate_key().decode()


class Seal:
    """Seals with the first of the keys, opens with any: put a new one in front, and drop the last once all was used."""

    def __init__(self, keys: str) -> None:
        """`keys` with commas between. Raises SettingsError."""
        try:
            opened = [Fernet(key.strip()) for key in keys.split(",") if key.strip()]
        except ValueError:
            raise SettingsError("SECRET_KEYS: a key is not one. Make them with: papers slack key") from None
        if not opened:
            raise SettingsError("SECRET_KEYS is missing. Make a key with: papers slack key")
        self._first = opened[0]
        self._all = MultiFernet(opened)

    def seal(self, text: str) -> bytes:
        return self._first.encrypt(text.encode())

    def open(self, sealed: bytes) -> tuple[str, bool]:
        """What was sealed, and whether it was with the first key. Raises SettingsError where no key opens it."""
        try:
            return self._first.decrypt(sealed).decode(), True
        except InvalidToken:
            pass
        try:
            return self._all.decrypt(sealed).decode(), False
        except InvalidToken:
            raise SettingsError("SECRET_KEYS: none of them opens what was sealed. Put the earlier key back.") from None
