"""Single sign-on by OpenID Connect, for offices that have it: who the provider says somebody is, and nothing more.

OpenID Connect Core 1.0 (authorization code), PKCE (RFC 7636), issuer in the answer (RFC 9207). Nobody is created.
"""

import json
import secrets
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dondoc.use_cases.office import Office
from dondoc.use_cases.viewer import viewer_of
from dondoc.words import _

SIGNED = ("RS256", "PS256", "ES256", "EdDSA")  # never "none", never a secret that both sides share
FRESH = timedelta(hours=1)  # for which the provider's description and keys are kept
PATIENCE = 10.0  # seconds for one answer of the provider
LEEWAY = 60  # seconds by which two clocks may differ
BACK = "/dang-nhap/sso/ve"
EMAIL = "email"


class SsoError(Exception):
    """Why nobody was signed in, in words; what the provider sent is never part of it."""


class SingleSignOn(NamedTuple):
    """`claim` is "email" (it must be verified), or one that holds a person's id here."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = EMAIL
    name: str = ""  # what the button calls it

    def __repr__(self) -> str:
        return f"SingleSignOn({self.issuer!r})"


class Attempt(NamedTuple):
    """What the browser keeps, sealed, until it comes back. `back` is the page that was asked for."""

    state: str
    nonce: str
    verifier: str
    back: str


def single_sign_on_from(environ: Mapping[str, str]) -> SingleSignOn | None:
    """None where an office has none."""
    issuer = environ.get("DONDOC_OIDC_ISSUER", "")
    if not issuer:
        return None
    return SingleSignOn(
        issuer.rstrip("/"),
        environ.get("DONDOC_OIDC_CLIENT_ID", ""),
        environ.get("DONDOC_OIDC_CLIENT_SECRET", ""),
        environ.get("DONDOC_OIDC_CLAIM") or EMAIL,
        environ.get("DONDOC_OIDC_NAME", ""),
    )


class Provider:
    """The office's provider as one portal talks to it; its description and keys are asked for once an hour."""

    def __init__(self, settings: SingleSignOn) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._known: tuple[dict[str, Any], Any] | None = None
        self._known_at: datetime | None = None

    def begin(self, portal_url: str, back: str, at: datetime) -> tuple[str, Attempt]:
        """Where the browser goes, and what it keeps meanwhile."""
        described, _keys = self._described(at)
        attempt = Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), back)
        with self._client(portal_url) as client:
            address, _state = client.create_authorization_url(
                described["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address), attempt

    def finish(self, portal_url: str, attempt: Attempt, answer: Mapping[str, str], at: datetime) -> dict[str, Any]:
        """The claims of who has signed in there. SsoError where the answer proves nothing."""
        if not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise SsoError(_("Lượt đăng nhập này đã cũ hoặc không bắt đầu từ đây. Hãy thử lại."))
        if answer.get("iss", self.settings.issuer).rstrip("/") != self.settings.issuer or not answer.get("code"):
            raise _unproven()
        described, _keys = self._described(at)
        token = self._token(portal_url, described["token_endpoint"], attempt, answer["code"])
        return self._claims(token, attempt.nonce, at)

    def _token(self, portal_url: str, endpoint: str, attempt: Attempt, code: str) -> str:
        try:
            with self._client(portal_url) as client:
                found = client.fetch_token(_safe(endpoint), code=code, code_verifier=attempt.verifier)
            return str(found["id_token"])
        except Exception as error:  # whatever the library or the network raises, nobody is signed in
            raise _unreachable() from error

    def _claims(self, token: str, nonce: str, at: datetime) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError

        rules = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "values": [self.settings.issuer, f"{self.settings.issuer}/"]},
            aud={"essential": True, "value": self.settings.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        for again in (False, True):
            try:
                read = jwt.decode(token, self._described(at, anew=again)[1], algorithms=list(SIGNED))
                rules.validate(read.claims)
                return dict(read.claims)
            except (JoseError, ValueError) as error:
                trouble = error  # a key may have been changed since they were asked for
        raise SsoError(
            _("Hệ thống đăng nhập chung không xác nhận. Hãy thử lại, hoặc đăng nhập bằng liên kết.")
        ) from trouble

    def _described(self, at: datetime, *, anew: bool = False) -> tuple[dict[str, Any], Any]:
        with self._lock:
            if self._known is None or self._known_at is None or anew or at - self._known_at >= FRESH:
                self._known, self._known_at = self._ask(), at
            return self._known

    def _ask(self) -> tuple[dict[str, Any], Any]:
        import httpx
        from joserfc.jwk import KeySet

        try:
            with httpx.Client(timeout=PATIENCE) as client:
                found = client.get(_safe(f"{self.settings.issuer}/.well-known/openid-configuration")).raise_for_status()
                described = found.json()
                if described["issuer"].rstrip("/") != self.settings.issuer:
                    raise ValueError("another issuer")
                keys = client.get(_safe(described["jwks_uri"])).raise_for_status().json()
            return described, KeySet.import_key_set(keys)
        except Exception as error:
            raise _unreachable() from error

    def _client(self, portal_url: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self.settings.client_id,
            self.settings.client_secret,
            scope="openid email profile",
            redirect_uri=f"{portal_url}{BACK}",
            code_challenge_method="S256",
            timeout=PATIENCE,
        )


def _unproven() -> SsoError:
    return SsoError(_("Hệ thống đăng nhập chung không xác nhận. Hãy thử lại, hoặc đăng nhập bằng liên kết."))


def _unreachable() -> SsoError:
    return SsoError(_("Không hỏi được hệ thống đăng nhập chung. Hãy thử lại, hoặc đăng nhập bằng liên kết."))


def _safe(address: str) -> str:
    """The address, where nobody on the way can read along: TLS, or this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise ValueError("not over TLS")
    return address


def person_by(office: Office, settings: SingleSignOn, claims: Mapping[str, Any], at: datetime) -> str:
    """Whose account it is here. SsoError where it is nobody's, or several persons'."""
    found = [person for person in _named(office, settings, claims) if viewer_of(office, person, at)]
    if len(found) != 1:
        raise SsoError(_("Tài khoản này chưa gắn với đúng một người trong danh bạ. Báo Văn phòng."))
    return found[0]


def _named(office: Office, settings: SingleSignOn, claims: Mapping[str, Any]) -> list[str]:
    said = claims.get(settings.claim)
    if not isinstance(said, str) or not said:
        return []
    if settings.claim != EMAIL:
        return [said] if said in office.directory.persons else []
    if claims.get("email_verified") is not True:  # anybody may type an address into some providers
        return []
    return [person for person, contact in office.contacts.items() if contact.email.casefold() == said.casefold()]


def sealed_attempt(office: Office, attempt: Attempt) -> str:
    return office.sealer.seal(json.dumps(attempt))


def unsealed_attempt(office: Office, sealed: str) -> Attempt:
    """SsoError where it is not one that was sealed here."""
    from dondoc.register.sealed import SealError

    try:
        return Attempt._make(json.loads(office.sealer.unseal(sealed)))
    except (SealError, ValueError, TypeError):
        raise SsoError(_("Lượt đăng nhập này đã cũ hoặc không bắt đầu từ đây. Hãy thử lại.")) from None
