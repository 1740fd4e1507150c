"""A backup taken while others write, tried by restoring it; and what a restore may never do."""

import json
import os
import signal
import threading
import zipfile
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic import command
from office_samples import CENTRE, PLAN, TDC, Desk, acting, moment, report

from dondoc.core.delivery import Delivery
from dondoc.core.facts import Fact
from dondoc.register import Register, RegisterError, verify_chain
from dondoc.register.connection import Sql
from dondoc.register.copying import tables
from dondoc.register.migrate import alembic_config, make_engine
from dondoc.register.zalo import ZaloAccount
from dondoc.use_cases import backup as backing
from dondoc.use_cases import restore as restoring
from dondoc.use_cases.backup import backup
from dondoc.use_cases.credentials import issue, read, sha_of
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.hold import discard, release, show_hold
from dondoc.use_cases.links import revoke_links
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.restore import OWN, restore
from dondoc.use_cases.submit import submit
from notifications.outcome import Outcome

HEAD = "chanh-van-phong-so"
BOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True)


def everything(office: Office) -> dict[str, list[tuple]]:
    """Every row of every table but settings, which say when things ran."""
    with office.register.reading() as book:
        return {
            table.name: sorted(map(repr, book.session.stream(Sql(f"SELECT * FROM {table.name}"))))
            for table in tables()
            if table.name != "setting"
        }


def elsewhere(office: Office, folder: Path, url: str = "") -> Office:
    folder.mkdir(exist_ok=True)
    return office._replace(register=Register(url or f"sqlite:///{folder / 'dondoc.db'}", office.agency), data=folder)


@pytest.fixture
def at_work(either: Desk) -> Desk:
    """A year half over: told, answered, letters waiting."""
    open_plan(either.office, PLAN, moment("18/2"))
    either.office = either.office._replace(mail=BOX)
    either.sweep("24/5")
    submit(either.office, CENTRE, report("30/5"), acting("30/5"), moment("30/5", 9), "nop")
    deliver(either.office, moment("30/5"), clock=lambda: moment("30/5"), send=lambda _d: Outcome("temporary", "4xx"))
    return either


def test_restored_elsewhere_it_is_the_same_book(at_work: Desk, tmp_path: Path) -> None:
    file = tmp_path / "sao-luu.zip"
    before = everything(at_work.office)
    done = backup(at_work.office, file, moment("30/5", 10))
    assert done.rows >= sum(map(len, before.values())) and file.stat().st_mode & 0o077 == 0
    other = elsewhere(at_work.office, tmp_path / "other")
    restore(other, file, moment("31/5", 7), HEAD)
    with other.register.reading() as book:
        assert verify_chain(book) == []
        assert book.facts([""])[""][-1].kind == "restored"
        assert book.head().link == done.head.link + 1
    after = everything(other)
    for name in set(before) - {"fact", "chain"}:
        assert [row.replace("True", "1").replace("False", "0") for row in before[name]] == [
            row.replace("True", "1").replace("False", "0") for row in after[name]
        ], name
    assert set(before["fact"]) < set(after["fact"])


@pytest.mark.postgres
def test_a_book_moves_from_sqlite_to_postgresql_and_goes_on_there(
    desk: Desk, tmp_path: Path, postgres_url: str
) -> None:
    desk.sweep("24/5")
    backup(desk.office, tmp_path / "a.zip", moment("24/5", 9))
    there = Desk(elsewhere(desk.office, tmp_path / "pg", postgres_url))
    restore(there.office, tmp_path / "a.zip", moment("24/5", 10), HEAD)
    submit(there.office, CENTRE, report("30/5"), acting("30/5"), moment("30/5", 9), "nop")
    there.sweep("31/5")
    assert open_plan(there.office, PLAN, moment("31/5", 9)).new >= 0
    with there.office.register.reading() as book:
        assert verify_chain(book) == [] and book.head().link > 3
    there.office.register.close()


def test_taken_while_somebody_writes_it_is_one_moment(at_work: Desk, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        mine = Register(at_work.office.register.url, at_work.office.agency)
        while not stop.is_set():
            with mine.writing() as book:
                n = len(written)
                book.put_setting("n", str(n))
                book.append([Fact("told", TDC, "nop", moment("30/5"), moment("30/5").date(), "x", "test", {"n": n})])
            written.append(n)
        mine.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 5:
            stop.wait(0.01)
        first = len(written)
        backup(at_work.office, tmp_path / "a.zip", moment("30/5", 10))
        during = len(written) - first
        while len(written) < first + during + 5:
            stop.wait(0.01)
    finally:
        stop.set()
        writer.join(30)
    assert during > 0, "nobody could write during the backup"
    other = elsewhere(at_work.office, tmp_path / "other")
    restore(other, tmp_path / "a.zip", moment("31/5", 7), HEAD)
    with other.register.reading() as book:
        numbers = [fact.payload["n"] for fact in book.facts([TDC])[TDC] if fact.via == "test"]
        assert numbers == list(range(len(numbers))) and first <= len(numbers) < len(written)
        assert book.setting("n") == str(len(numbers) - 1)
        assert verify_chain(book) == []


def test_after_a_restore_nothing_is_sent_until_released(at_work: Desk, tmp_path: Path) -> None:
    backup(at_work.office, tmp_path / "a.zip", moment("30/5", 10))
    other = Desk(elsewhere(at_work.office, tmp_path / "other"))
    told = restore(other.office, tmp_path / "a.zip", moment("31/5", 7), HEAD)
    assert told.waiting > 0
    sent: list[str] = []

    def send(delivery: object) -> Outcome:
        sent.append(str(delivery))
        return Outcome("sent")

    for hour in (8, 9, 14):
        assert other.sweep("31/5", hour).held
        at = moment("31/5", hour)
        assert deliver(other.office, at, clock=lambda at=at: at, send=send).held
    assert sent == [] and "khôi phục" in show_hold(other.office, moment("31/5", 9)).reason
    release(other.office, moment("31/5", 15), HEAD)
    at = moment("31/5", 15)
    deliver(other.office, at, clock=lambda: at, send=send)
    assert sent


def test_what_was_being_sent_is_not_sent_again_by_a_restored_office(at_work: Desk, tmp_path: Path) -> None:
    at = moment("30/5", 12)
    release(at_work.office, at, HEAD)
    deliver(at_work.office, at, clock=lambda: at, send=lambda _d: Outcome("temporary", "4xx"), limit=3)
    with at_work.office.register.writing() as book:
        under_way = {d.id for d in book.claim(moment("30/5", 15), "dead", timedelta(minutes=5), 100)}
        assert under_way
    backup(at_work.office, tmp_path / "a.zip", moment("30/5", 15))
    other = Desk(elsewhere(at_work.office, tmp_path / "other"))
    restore(other.office, tmp_path / "a.zip", moment("31/5", 7), HEAD)
    with other.office.register.reading() as book:
        assert {r.delivery.status for r in book.deliveries(ids=sorted(under_way))} == {"unknown"}
    assert show_hold(other.office, moment("31/5", 8)).number > 0
    assert discard(other.office, moment("31/5", 9), HEAD) > 0
    sent: list[str] = []

    def send(delivery: Delivery) -> Outcome:
        sent.append(delivery.id)
        return Outcome("sent")

    for hour in (9, 10, 15):
        deliver(other.office, moment("31/5", hour), clock=lambda hour=hour: moment("31/5", hour), send=send)
    assert sent == []


def test_a_register_that_holds_something_is_replaced_only_when_told_to(at_work: Desk, tmp_path: Path) -> None:
    office = at_work.office
    backup(office, tmp_path / "a.zip", moment("30/5", 10))
    at_work.sweep("31/5")
    before = everything(office)
    with pytest.raises(Refused, match="không trống"):
        restore(office, tmp_path / "a.zip", moment("31/5", 9), HEAD)
    assert everything(office) == before
    restore(office, tmp_path / "a.zip", moment("31/5", 9), HEAD, replace=True)
    assert len(everything(office)["fact"]) < len(before["fact"])
    submit(office, TDC, report("31/5"), acting("31/5"), moment("31/5", 10), "nop")  # numbers go on
    with office.register.reading() as book:
        assert verify_chain(book) == []
    with pytest.raises(Exception, match="append-only"), office.register.writing() as book:
        book.session.change(Sql("DELETE FROM fact"))


@pytest.mark.parametrize(("present", "kept"), [(3, 3), (1, 2)])
def test_a_zalo_token_that_was_renewed_since_the_backup_is_kept(
    desk: Desk, tmp_path: Path, present: int, kept: int
) -> None:
    """A refresh token works once: the older one would lock the office out."""

    def connect(generation: int) -> None:
        with desk.office.register.writing() as book:
            book.put_zalo_account(
                ZaloAccount("oa", "app", "", "x", "x", "", generation, moment("01/5"), moment("02/5"))
            )

    connect(2)
    backup(desk.office, tmp_path / "a.zip", moment("30/5", 10))
    connect(present)
    restore(desk.office, tmp_path / "a.zip", moment("31/5"), HEAD, replace=True)
    with desk.office.register.reading() as book:
        assert [account.generation for account in book.zalo_accounts()] == [kept]


def test_what_lets_somebody_in_is_ended_by_a_restore_and_stays_revoked(either: Desk, tmp_path: Path) -> None:
    office, at = either.office, moment("30/5", 9)
    session, key, other = (issue(office, kind, "cv-theo-doi-qcdc", at) for kind in ("session", "feed", "feed"))
    backup(office, tmp_path / "a.zip", at)
    with office.register.writing() as book:
        book.end_credential("feed", sha_of(key), at)
    revoke_links(office, "cv-theo-doi-qcdc", moment("31/5").date())
    restore(office, tmp_path / "a.zip", moment("31/5"), HEAD, replace=True)
    alive = [
        read(office, kind, one, moment("31/5")) for kind, one in (("session", session), ("feed", key), ("feed", other))
    ]
    assert [bool(one) for one in alive] == [False, False, True]
    assert either.setting("links-revoked/cv-theo-doi-qcdc") == "2022-05-31"


def _changed(file: Path, member: str, change) -> Path:
    other = file.with_name(f"x{file.name}")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return other


BROKEN = {
    "a fact changed": ("register/fact.jsonl", lambda raw: raw.replace(b"plan-opened", b"plan-closed")),
    "a fact removed": ("register/fact.jsonl", lambda raw: raw.partition(b"\n")[2]),
    "a birth changed": ("register/birth.jsonl", lambda raw: raw.replace(b"2022-H1", b"2022-H2", 1)),
    "another head": ("manifest.json", lambda raw: raw.replace(b'"link": ', b'"link": 1')),
    "a newer version": (
        "manifest.json",
        lambda raw: json.dumps(json.loads(raw) | {"schema": "9999"}).encode(),
    ),
    "no manifest": ("manifest.json", lambda raw: b"{}"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_backup_that_does_not_prove_itself_changes_nothing(desk: Desk, tmp_path: Path, what: str) -> None:
    backup(desk.office, tmp_path / "a.zip", moment("30/5", 10))
    before = everything(desk.office)
    bad = _changed(tmp_path / "a.zip", *BROKEN[what])
    with pytest.raises(RegisterError):
        restore(desk.office, bad, moment("31/5"), HEAD, replace=True)
    assert everything(desk.office) == before
    assert not list(desk.office.data.glob(".restore-*"))


def test_what_is_no_zip_and_a_file_that_is_there_are_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("không phải", encoding="utf-8")
    with pytest.raises(Refused, match="không phải bản sao lưu"):
        restore(desk.office, tmp_path / "x", moment("31/5"), HEAD)
    with pytest.raises(Refused, match="Đã có tệp"):
        backup(desk.office, tmp_path / "x", moment("31/5"))
    assert (tmp_path / "x").read_text(encoding="utf-8") == "không phải"


def test_a_backup_of_the_first_schema_is_brought_up_to_date(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    backup(desk.office, file, moment("30/5", 10))
    old = json.loads((Path(__file__).parent / "schema_0001.json").read_text())

    told = json.loads(zipfile.ZipFile(file).read("manifest.json"))
    picked = {name: [told["tables"][name]["columns"].index(c) for c in columns] for name, columns in old.items()}
    changed = file
    for name, places in picked.items():
        rows = [json.loads(line) for line in zipfile.ZipFile(file).read(f"register/{name}.jsonl").splitlines()]
        text = "".join(json.dumps([row[n] for n in places], ensure_ascii=False) + "\n" for row in rows).encode()
        changed = _changed(changed, f"register/{name}.jsonl", lambda _raw, text=text: text)
    counts = {n: {"columns": columns, "rows": told["tables"][n]["rows"]} for n, columns in old.items()}
    cover = json.dumps(told | {"schema": "0001", "tables": counts}).encode()
    changed = _changed(changed, "manifest.json", lambda _raw: cover)
    other = elsewhere(desk.office, tmp_path / "other")
    restore(other, changed, moment("31/5"), HEAD)
    with other.register.reading() as book:
        assert verify_chain(book) == []


def test_the_offices_own_files_come_along_and_the_secret_key_does_not(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own"
    for path, text in {
        desk.office.data / "definitions" / "ke-hoach" / "plan.yaml": "plan: x\n",
        desk.office.data / "evidence" / "12.pdf": "tệp",
        desk.office.data / "secret.key": "KHOÁ",
        desk.office.data / "logs" / "server.log": "…",
        own / "contacts.yaml": "x: {}\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = backup(desk.office._replace(definitions=(own,)), tmp_path / "a.zip", moment("30/5", 10))
    assert done.files == 3 and done.key_apart
    assert not any(b"KHO" in zipfile.ZipFile(tmp_path / "a.zip").read(n) for n in ("manifest.json",))
    other = elsewhere(desk.office, tmp_path / "other")
    told = restore(other, tmp_path / "a.zip", moment("31/5"), HEAD)
    assert told.files == 3 and told.definitions == other.data / OWN
    assert (other.data / "evidence" / "12.pdf").read_text(encoding="utf-8") == "tệp"
    assert (other.data / OWN / "0" / "contacts.yaml").exists()
    assert not (other.data / "secret.key").exists() and not (other.data / "logs").exists()


def test_what_is_restored_is_its_owners_alone(desk: Desk, tmp_path: Path) -> None:
    files = {"definitions/ke-hoach/plan.yaml": "plan: x\n", "evidence/ab/12": "tệp", "cache/x": "bản sẵn"}
    for name, text in files.items():
        path = desk.office.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert backup(desk.office, tmp_path / "a.zip", moment("30/5", 10)).files == 2
    assert not any("cache" in name for name in zipfile.ZipFile(tmp_path / "a.zip").namelist())
    data = tmp_path / "new" / "data"
    there = desk.office._replace(register=Register(f"sqlite:///{data / 'dondoc.db'}", desk.office.agency), data=data)
    restore(there, tmp_path / "a.zip", moment("31/5"), HEAD)
    there.register.close()
    modes = {path.relative_to(data).as_posix(): oct(path.stat().st_mode & 0o777) for path in data.rglob("*")}
    assert {mode for name, mode in modes.items() if (data / name).is_file()} == {"0o600"}
    assert {mode for name, mode in modes.items() if (data / name).is_dir()} | {oct(data.stat().st_mode & 0o777)} == {
        "0o700"
    }
    assert {"definitions/ke-hoach/plan.yaml", "evidence/ab/12", "dondoc.db"} <= modes.keys()


@pytest.mark.parametrize("own", [True, False])
def test_people_and_ways_out_beside_the_shipped_plans_come_along(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    checkout = tmp_path / "checkout"
    names = ("organisation.yaml", "contacts.example.yaml", *(("contacts.yaml", "channels.yaml") if own else ()))
    for name in names:
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text("x: {}\n")
    monkeypatch.setattr(backing, "SHIPPED", checkout)
    done = backup(desk.office._replace(definitions=(checkout,)), tmp_path / "a.zip", moment("30/5", 10))
    kept = [name for name in zipfile.ZipFile(tmp_path / "a.zip").namelist() if name.startswith("definitions/")]
    assert done.channels == own and (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
    assert kept == [f"definitions/di-kem/{n}.yaml" for n in ("organisation", "contacts", "channels")] * own
    other = elsewhere(desk.office, tmp_path / "other")
    restore(other, tmp_path / "a.zip", moment("31/5"), HEAD)
    assert (other.data / OWN / "di-kem" / "channels.yaml").exists() == own


def test_what_an_older_program_left_is_backed_up_before_it_is_brought_up_to_date(desk: Desk, tmp_path: Path) -> None:
    desk.sweep("24/5")
    desk.office.register.close()
    engine = make_engine(desk.office.register.url, 5)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0003")
    engine.dispose()
    with pytest.raises(RegisterError, match="phiên bản cũ"):
        desk.sweep("25/5")
    done = backup(desk.office, tmp_path / "a.zip", moment("25/5"))
    assert json.loads(zipfile.ZipFile(tmp_path / "a.zip").read("manifest.json"))["schema"] == "0003"
    desk.office.register.migrate()
    before = everything(desk.office)
    other = elsewhere(desk.office, tmp_path / "other")
    restore(other, tmp_path / "a.zip", moment("31/5"), HEAD)
    assert done.head.link and set(before["fact"]) < set(everything(other)["fact"])


def test_without_a_register_there_is_nothing_to_back_up_and_no_file_is_left(desk: Desk, tmp_path: Path) -> None:
    nowhere = elsewhere(desk.office, tmp_path / "new")
    with pytest.raises(RegisterError, match="dondoc up"):
        backup(nowhere, tmp_path / "a.zip", moment("30/5"))
    assert list(tmp_path.glob("*.zip")) + list(tmp_path.glob(".a*")) == [] and not list((tmp_path / "new").iterdir())


def test_a_name_that_leads_out_of_the_folder_is_passed_over(desk: Desk, tmp_path: Path) -> None:
    backup(desk.office, tmp_path / "a.zip", moment("30/5", 10))
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        for name in ("data/evidence/../../../out", "/data/evidence/out", "data/dondoc.db", "definitions/0/../../out"):
            archive.writestr(name, "x")
    other = elsewhere(desk.office, tmp_path / "other")
    assert restore(other, tmp_path / "a.zip", moment("31/5"), HEAD).files == 0
    assert not list(tmp_path.rglob("out"))


def test_the_folds_of_a_restored_book_are_those_of_its_facts(desk: Desk, tmp_path: Path) -> None:
    desk.sweep("24/5")
    with desk.office.register.reading() as book:
        steps, agenda = book.steps(), book.agenda()
    backup(desk.office, tmp_path / "a.zip", moment("30/5", 10))
    other = elsewhere(desk.office, tmp_path / "other")
    restore(other, tmp_path / "a.zip", moment("31/5"), HEAD)
    with other.register.reading() as book:
        assert (book.steps(), book.agenda()) == (steps, agenda)


def _restore_and_die(url: str, office: Office, file: Path) -> None:
    office = office._replace(register=Register(url, office.agency))

    def die(*_args: object) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    restoring._hold = die  # everything is replaced, nothing is committed
    restore(office, file, moment("31/5"), HEAD, replace=True)


def test_killed_before_its_commit_a_restore_leaves_the_old_book(at_work: Desk, tmp_path: Path) -> None:
    office = at_work.office
    backup(office, tmp_path / "a.zip", moment("30/5", 10))
    at_work.sweep("31/5")
    before = everything(office)
    office.register.close()
    child = get_context("fork").Process(target=_restore_and_die, args=(office.register.url, office, tmp_path / "a.zip"))
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL
    assert everything(office) == before
    with office.register.reading() as book:
        assert verify_chain(book) == []
    with pytest.raises(Exception, match="append-only"), office.register.writing() as book:
        book.session.change(Sql("DELETE FROM fact"))
