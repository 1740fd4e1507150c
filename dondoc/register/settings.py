"""Settings and the definitions kept by their SHA-256."""

from collections.abc import Mapping

from dondoc.register.connection import Sql
from dondoc.register.page import Page

GET = Sql("SELECT value FROM setting WHERE name = :name")
BELOW = Sql("SELECT name, value FROM setting WHERE substr(name, 1, length(:prefix)) = :prefix ORDER BY name")
PUT = Sql("INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value")
DROP = Sql("DELETE FROM setting WHERE name = :name")
VERSION = Sql("SELECT body FROM version WHERE sha = :sha")
PUT_VERSION = Sql("INSERT INTO version (sha, body) VALUES (:sha, :body) ON CONFLICT (sha) DO NOTHING")


class Settings(Page):
    def setting(self, name: str) -> str | None:
        found = self.session.rows(GET, name=name)
        return found[0][0] if found else None

    def settings_below(self, prefix: str) -> dict[str, str]:
        """Every setting whose name begins so."""
        return dict(self.session.rows(BELOW, prefix=prefix))

    def put_setting(self, name: str, value: str | None) -> None:
        """Set it; None takes it away."""
        if value is None:
            self.session.change(DROP, name=name)
        else:
            self.session.change(PUT, name=name, value=value)

    def version(self, sha: str) -> str | None:
        """Canonical JSON of an obligation's definition, None where that version was never opened."""
        found = self.session.rows(VERSION, sha=sha)
        return found[0][0] if found else None

    def put_versions(self, versions: Mapping[str, str]) -> None:
        """Keep definitions by their SHA-256; what is known stays as it is."""
        self.session.many(PUT_VERSION, [{"sha": sha, "body": versions[sha]} for sha in sorted(versions)])
