"""One desk with everything its routes use, and one visit: a request with the person behind it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from itsdangerous import BadSignature, URLSafeSerializer

from agent.domain.people import MAY_DECIDE, Account
from agent.ports import Ports
from agent.usecases.leaving import end_session, has_ended
from agent.web.assets import Asset
from agent.web.bookmark import Bookmark
from agent.web.config import DeskConfig
from agent.web.pages import Pages
from agent.web.sessions import SESSION_COOKIE, Session, Sessions, stamp_of
from agent.web.throttle import Throttle
from agent.web.translations import LANGUAGES, Tongue, negotiate

_LANGUAGE_COOKIE = "nanoreach_language"
_NOTICE_COOKIE = "nanoreach_notice"
_NOTICE_SECONDS = 60
_LANGUAGE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What one application is made of."""

    ports: Ports
    config: DeskConfig
    sessions: Sessions
    throttle: Throttle
    answering: Throttle
    pages: Pages
    assets: dict[str, Asset]

    @property
    def notices(self) -> URLSafeSerializer:
        """What signs the sentence that follows a decision."""
        return URLSafeSerializer(
            self.config.secret_key, salt="nanoreach notice", signer_kwargs={"digest_method": sha256}
        )


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What was just done: a code of the notice component, to which draft, and to whom it was written."""

    code: str
    draft: str = ""
    creator: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request: who asks, in which language, and what was just done."""

    request: Request
    desk: Desk
    session: Session
    is_new_session: bool
    account: Account | None
    tongue: Tongue

    @property
    def ports(self) -> Ports:
        """The ports of the desk."""
        return self.desk.ports

    @property
    def person(self) -> Account:
        """Who is logged in; only behind the door."""
        if self.account is None:
            raise RuntimeError("a route behind the door was reached without account")
        return self.account

    @property
    def may_decide(self) -> bool:
        """Whether this person's role decides about letters."""
        return self.account is not None and self.account.role in MAY_DECIDE

    @property
    def form_token(self) -> str:
        """The token that the forms of this page carry."""
        return self.desk.sessions.form_token(self.session)

    def page(self, template: str, *, status: int = 200, **context: object) -> Response:
        """Return a page."""
        notice = self._notice()
        html = self.desk.pages.render(
            template,
            language=self.tongue.language,
            reader=self.account.email if self.account is not None else None,
            context={"visit": self, "notice": notice, "bookmark": Bookmark(), **context},
        )
        response = Response(html, status_code=status, media_type="text/html")
        if self.is_new_session:
            self._keep(response, self.session)
        if notice is not None:
            self._uncookie(response, _NOTICE_COOKIE)
        if status >= 400:  # noqa: PLR2004 - HTTP's first error
            response.headers["HX-Push-Url"] = "false"  # the address bar keeps what can be asked for again
        return response

    def redirect(self, path: str, *, notice: Notice | None = None) -> Response:
        """Return a redirect after a form was accepted, with a sentence for the next page."""
        response = RedirectResponse(path, status_code=303)
        if notice is not None:
            signed = self.desk.notices.dumps([self.session.id, notice.code, notice.draft, notice.creator])
            self._cookie(response, _NOTICE_COOKIE, str(signed), seconds=_NOTICE_SECONDS)
        return response

    def enter(self, account: Account, *, path: str) -> Response:
        """Return a redirect with a fresh session: one from before the log-in is never kept."""
        self.desk.sessions.end(self.session)
        if self.account is not None:
            end_session(self.ports, self.session.id, by=self.account.email)
        response = RedirectResponse(path, status_code=303)
        self._keep(response, self.desk.sessions.open(account))
        return response

    def leave(self, *, path: str) -> Response:
        """Return a redirect that ends the session."""
        end_session(self.ports, self.session.id, by=self.person.email)
        response = RedirectResponse(path, status_code=303)
        self._uncookie(response, SESSION_COOKIE)
        # what the browser kept of these pages goes, too: going back shows nothing (ASVS 5.0, 14.3.1)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def speak(self, language: str, *, path: str) -> Response:
        """Return a redirect after which the desk speaks another language."""
        response = RedirectResponse(path, status_code=303)
        if language in LANGUAGES:
            self._cookie(response, _LANGUAGE_COOKIE, language, seconds=_LANGUAGE_SECONDS)
        return response

    def _keep(self, response: Response, session: Session) -> None:
        seconds = int(self.desk.config.session_lifetime.total_seconds())
        self._cookie(response, SESSION_COOKIE, self.desk.sessions.write(session), seconds=seconds)

    def _cookie(self, response: Response, name: str, value: str, *, seconds: int) -> None:
        config = self.desk.config
        response.set_cookie(
            config.cookie(name),
            value,
            max_age=seconds,
            secure=config.secure_cookies,
            httponly=True,
            samesite="lax",
        )

    def _uncookie(self, response: Response, name: str) -> None:
        config = self.desk.config
        response.delete_cookie(
            config.cookie(name), secure=config.secure_cookies, httponly=True, samesite="lax"
        )

    def _notice(self) -> Notice | None:
        try:
            signed = self.desk.notices.loads(
                self.request.cookies.get(self.desk.config.cookie(_NOTICE_COOKIE), "")
            )
        except BadSignature:
            return None
        session, code, draft, creator = signed
        return Notice(code=code, draft=draft, creator=creator) if session == self.session.id else None


def visit_of(request: Request) -> Visit:
    """Return the visit that a request is; read from the store once."""
    known: Visit | None = getattr(request.state, "visit", None)
    if known is not None:
        return known
    desk: Desk = request.app.state.desk
    session = desk.sessions.read(request.cookies.get(desk.config.cookie(SESSION_COOKIE)))
    account = _account(desk, session)
    is_new = session is None or (bool(session.email) and account is None)
    visit = Visit(
        request=request,
        desk=desk,
        session=desk.sessions.open() if session is None or is_new else session,
        is_new_session=is_new,
        account=account,
        tongue=desk.pages.tongues[language_of(request)],
    )
    request.state.visit = visit
    return visit


Visiting = Annotated[Visit, Depends(visit_of)]


def local_path(path: str) -> str:
    """Return a path of this desk; `/` for anything that could lead elsewhere."""
    is_local = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_local and path.isprintable() and "\\" not in path else "/"


def _account(desk: Desk, session: Session | None) -> Account | None:
    if session is None or not session.email:
        return None
    with desk.ports.store.read() as tx:
        account = tx.accounts.get(session.email)
        if account is None or stamp_of(account) != session.stamp:
            return None
        ended = has_ended(tx, session.id, email=account.email, opened_at=session.opened_at)
    return None if ended else account


def language_of(request: Request) -> str:
    """Return the language that the reader chose, else the one that the browser asks for."""
    desk: Desk = request.app.state.desk
    chosen = request.cookies.get(desk.config.cookie(_LANGUAGE_COOKIE), "")
    return chosen if chosen in LANGUAGES else negotiate(request.headers.get("accept-language", ""))
