"""The desk as an ASGI application."""

from fastapi import Depends, FastAPI
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from agent.ports import Ports
from agent.web.assets import load_assets
from agent.web.config import DeskConfig
from agent.web.desk import Desk
from agent.web.door import only_known_people, only_own_forms, only_text
from agent.web.errors import handle_errors
from agent.web.guard import StrictHeaders
from agent.web.pages import Pages
from agent.web.routes import ROUTERS
from agent.web.sessions import Sessions
from agent.web.throttle import PER_ACCOUNT_ANYWHERE, Throttle

_LARGEST_FORM = 256 * 1024


def create_app(ports: Ports, config: DeskConfig) -> FastAPI:
    """Return the desk: what stands in `door.OPEN` is for everybody, everything else needs a session."""
    app = FastAPI(
        title="nanoreach",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        dependencies=[Depends(only_known_people), Depends(only_text), Depends(only_own_forms)],
    )
    assets = load_assets()
    app.state.desk = Desk(
        ports=ports,
        config=config,
        sessions=Sessions(config, ports.clock),
        throttle=Throttle(anywhere=PER_ACCOUNT_ANYWHERE),
        answering=Throttle(),
        pages=Pages(ports, config, assets),
        assets=assets,
    )
    # an unknown Host header is answered before anything else is looked at: no DNS rebinding
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=config.hosts, www_redirect=False)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=_LARGEST_FORM)
    # last, so outermost: what the others refuse is strict, too
    app.add_middleware(StrictHeaders, over_tls=config.secure_cookies)
    handle_errors(app)
    for router in ROUTERS:
        app.include_router(router)
    return app
