"""Sealing into the register: never with a new key while something lies there that only a lost one opens.

Two keys, each of them half the book's, would make the loss of the first look like order until somebody must be told.
"""

from collections.abc import Iterator

from dondoc.register.book import Book
from dondoc.register.sealed import SealError
from dondoc.use_cases.excluded import SEALED
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import gather
from dondoc.words import _

KEYS = "seal-keys"  # setting: fingerprints of the keys that sealed what the register holds


def ready_to_seal(office: Office, book: Book, replaced_account: str = "") -> None:
    """Before sealing, in the same transaction. SealError while something else is sealed that no key at hand opens.

    `replaced_account` is a Zalo account that is about to be sealed anew, so that nothing of its own hinders it.
    """
    known, mine = set((book.setting(KEYS) or "").split()), office.sealer.fingerprints()
    if not known or not known <= set(mine):
        if count := unopened(office, book, replaced_account):
            raise SealError(
                _(
                    "Không niêm phong thêm: sổ có {count} mục niêm phong bằng khoá khác, khoá hiện có không mở được. "
                    "Hãy trả lại khoá cũ (tệp secret.key, hoặc ghi sau khoá mới trong DONDOC_SECRET_KEY, cách nhau dấu "
                    "phẩy). Khoá cũ đã mất hẳn thì ghi miễn các vụ việc ấy rồi mở lại, và kết nối lại Zalo."
                ).format(count=count)
            )
        known &= set(mine)
    first = mine[0] if mine else office.sealer.make_key()
    if first not in known:
        book.put_setting(KEYS, " ".join(sorted(known | {first})))


def unopened(office: Office, book: Book, replaced_account: str = "") -> int:
    """How many sealed things that are still needed no key at hand opens."""
    return sum(not _opens(office, token) for token in _needed(office, book, replaced_account))


def sealed_things(office: Office, book: Book) -> int:
    """How many there are that are still needed."""
    return sum(1 for _token in _needed(office, book, ""))


def _needed(office: Office, book: Book, replaced_account: str) -> Iterator[str]:
    tokens = {key: text.removeprefix(SEALED) for key, text in book.left_out() if text.startswith(SEALED)}
    for scene in gather(office, book, sorted(tokens)):
        if not scene.occurrence.closed:
            yield tokens[scene.birth.key]
    for account in book.zalo_accounts():
        if account.oa_id != replaced_account:
            yield from (account.secrets, account.tokens)


def _opens(office: Office, token: str) -> bool:
    try:
        office.sealer.unseal(token)
    except SealError:
        return False
    return True
