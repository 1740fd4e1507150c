"""Evidence files of erased entries: gone from the data folder once no other entry names them."""

from collections.abc import Collection

from dondoc.register.book import Book
from dondoc.register.erasing import Erasing
from dondoc.use_cases.keep_file import path_of, read_kept
from dondoc.use_cases.office import Office


def only_of(book: Book, seqs: Collection[int]) -> list[str]:
    """Digests of the files that these entries name and no other one does."""
    theirs: set[str] = set()
    others: set[str] = set()
    for seq, files in Erasing(book.session, book.agency).files_named():
        (theirs if seq in seqs else others).update(read_kept(file).sha256 for file in files)
    return sorted(theirs - others - {""})


def forget_files(office: Office) -> None:
    """Remove every file that an erasure told of and no entry names again. What a crash left lying goes with the next.

    After the erasure's commit: a file that is gone while its entry still stands would be a loss.
    """
    with office.register.reading() as book:
        told = {sha for fact in book.facts([""])[""] if fact.kind == "erased" for sha in fact.payload.get("files", ())}
        named = {
            read_kept(file).sha256 for _, files in Erasing(book.session, book.agency).files_named() for file in files
        }
    for sha256 in told - named:
        path_of(office.data, sha256).unlink(missing_ok=True)
