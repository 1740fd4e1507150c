"""Steps as folds: what the facts say now, kept for pages and lists."""

from collections.abc import Sequence

from dondoc.register.connection import Row, Sql
from dondoc.register.errors import RegisterError
from dondoc.register.page import Page
from dondoc.register.text import day, iso, maybe_instant, maybe_moment
from dondoc.register.values import StepFold
from dondoc.words import _

COLUMNS = (
    "birth.key, step.step, status, round, cause, since_at, last_on, target_on, unrolled_on, basis, cursor, epoch, "
    "role, unit, deciding_on, recorded_on, done_on, note"
)
_FROM = f"SELECT {COLUMNS} FROM step JOIN birth ON birth.id = step.birth"
ALL = Sql(f"{_FROM} ORDER BY birth.id, place")
OF_PLAN = Sql(f"{_FROM} WHERE plan = :plan ORDER BY birth.id, place")
OF_KEYS = Sql(f"{_FROM} WHERE birth.key {{among keys}} ORDER BY birth.id, place")
ID = Sql("SELECT id FROM birth WHERE key = :key")
CLEAR = Sql("DELETE FROM step WHERE birth = :birth")
INSERT = Sql(
    "INSERT INTO step (birth, place, step, status, round, cause, since_at, last_on, target_on, unrolled_on, basis, "
    '"cursor", epoch, role, unit, deciding_on, recorded_on, done_on, note) VALUES (:birth, :place, :step, :status, '
    ":round, :cause, :since_at, :last_on, :target_on, :unrolled_on, :basis, :cursor, :epoch, :role, :unit, "
    ":deciding_on, :recorded_on, :done_on, :note)"
)


def read_step(row: Row) -> StepFold:
    """A step from COLUMNS."""
    return StepFold._make(
        [*row[:5], maybe_moment(row[5]), *map(day, row[6:9]), *row[9:14], *map(day, row[14:17]), row[17]]
    )


def _written(fold: StepFold, birth: int, place: int) -> dict[str, object]:
    days = ("last_on", "target_on", "unrolled_on", "deciding_on", "recorded_on", "done_on")
    return fold._asdict() | {
        **{name: iso(getattr(fold, name)) for name in days},
        "since_at": maybe_instant(fold.since_at),
        "birth": birth,
        "place": place,
    }


class Steps(Page):
    def birth_id(self, key: str) -> int:
        """The row a key stands for. RegisterError where nothing was born under it."""
        found = self.session.rows(ID, key=key)
        if not found:
            raise RegisterError("refused", _("Trong sổ không có kỳ thực hiện {key!r}.").format(key=key))
        return int(found[0][0])

    def put_steps(self, key: str, rows: Sequence[StepFold]) -> None:
        """These are the occurrence's steps now, in the order of its process; what stood there before is replaced."""
        birth = self.birth_id(key)
        self.session.change(CLEAR, birth=birth)
        self.session.many(INSERT, [_written(fold, birth, place) for place, fold in enumerate(rows)])

    def steps(self, *, plan: str = "", keys: Sequence[str] | None = None) -> list[StepFold]:
        """Steps by occurrence (in the order of birth), then in the order of the process."""
        if keys is not None:
            return [read_step(row) for row in self.session.rows(OF_KEYS, keys=list(keys))]
        return [read_step(row) for row in (self.session.rows(OF_PLAN, plan=plan) if plan else self.session.rows(ALL))]
