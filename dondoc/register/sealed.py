"""Sealed texts: what the office must keep and nobody may read where it lies (Fernet: AES-128-CBC with HMAC-SHA-256).

The key is DONDOC_SECRET_KEY, or a file of the data folder made at the first sealing. It is kept out of the database so
that a copy of the book alone opens nothing.
"""

import hmac
import os
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from dondoc.register.new_file import place_new
from dondoc.words import _

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = "secret.key"


class SealError(Exception):
    """The key is missing, malformed, or not the one this was sealed with; the text never shows either."""


class Sealer:
    """`given` are the keys of DONDOC_SECRET_KEY, "" for the file DATA/secret.key. The first seals, every one opens."""

    def __init__(self, data: Path, given: str = "") -> None:
        self._file, self._given = data / KEY_FILE, given
        self._opened: MultiFernet | None = None

    def seal(self, text: str) -> str:
        """An ASCII token of `text`; the key file is made where there is no key yet. SealError for a malformed key."""
        return self._box(make=True).encrypt(text.encode()).decode()

    def unseal(self, token: str) -> str:
        """The text again. SealError where the key is lost or another one; a lost key is never made anew here."""
        from cryptography.fernet import InvalidToken

        try:
            return self._box(make=False).decrypt(token.encode()).decode()
        except InvalidToken:
            raise SealError(
                _(
                    "Khoá bí mật hiện có không mở được dữ liệu đã niêm phong. "
                    "Hãy trả lại khoá cũ: biến DONDOC_SECRET_KEY hoặc tệp {file}."
                ).format(file=self._file)
            ) from None

    def signing_keys(self, purpose: str) -> list[bytes]:
        """32 bytes a key, other ones for each purpose: the first signs, every one proves what was signed before it.

        SealError for a malformed key.
        """
        self._box(make=True)
        return [hmac.new(key, purpose.encode(), "sha256").digest() for key in self._keys()]

    def signing_key(self, purpose: str) -> bytes:
        """The one that signs today."""
        return self.signing_keys(purpose)[0]

    def fingerprints(self) -> list[str]:
        """A short name of each key, in order, that tells nothing of it; [] while there is none."""
        return [hmac.new(key, b"fingerprint", "sha256").hexdigest()[:16] for key in self._keys()]

    def make_key(self) -> str:
        """The fingerprint of the key that seals, made where there is none; SealError for a malformed one."""
        self._box(make=True)
        return self.fingerprints()[0]

    @property
    def has_key(self) -> bool:
        """Whether something sealed before can be opened at all."""
        return bool(self._given) or self._file.exists()

    def _keys(self) -> list[bytes]:
        return [key.encode() for key in _split(self._given or self._read(make=False))] if self.has_key else []

    def _box(self, *, make: bool) -> "MultiFernet":
        if self._opened is None:
            self._opened = self._boxed(self._given or self._read(make=make))
        return self._opened

    def _read(self, *, make: bool) -> str:
        if make:
            make_key_file(self._file)
        try:
            return self._file.read_text(encoding="ascii")
        except FileNotFoundError:
            raise SealError(
                _(
                    "Không còn khoá bí mật: không có biến DONDOC_SECRET_KEY, cũng không có tệp {file}. "
                    "Hãy khôi phục tệp ấy từ bản sao lưu."
                ).format(file=self._file)
            ) from None
        except (UnicodeDecodeError, OSError):
            raise self._malformed() from None

    def _boxed(self, text: str) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet

        keys = [key.replace("+", "-").replace("/", "_") for key in _split(text)]
        try:
            if not all(len(urlsafe_b64decode(key)) == 32 for key in keys):
                raise self._malformed()
            return MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise self._malformed() from None

    def _malformed(self) -> SealError:
        return SealError(
            _(
                "Khoá bí mật ở {where} không đúng dạng: cần 32 byte viết bằng base64, như `openssl rand -base64 32`."
            ).format(where="DONDOC_SECRET_KEY" if self._given else self._file)
        )


def _split(text: str) -> list[str]:
    return re.split(r"[\s,]+", text.strip())


def make_key_file(file: Path) -> None:
    """A fresh key only its owner may read, whole from the first moment; an existing one stays."""
    from cryptography.fernet import Fernet

    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = mkstemp(prefix=".", dir=file.parent)  # 0600 from its first moment
    with os.fdopen(handle, "w") as out:
        out.write(Fernet.generate_key().decode() + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        place_new(Path(draft), file)
    except FileExistsError:  # of two processes that begin at once the second finds the first one's key
        os.unlink(draft)
