"""Routes, one module for each noun."""

from agent.web.routes import (
    deliveries,
    drafts,
    health,
    language,
    login,
    objection,
    patterns,
    queue,
    replies,
    setup,
    static,
)

ROUTERS = (
    queue.router,
    drafts.router,
    deliveries.router,
    replies.router,
    patterns.router,
    login.router,
    setup.router,
    language.router,
    objection.router,
    health.router,
    static.router,
)
