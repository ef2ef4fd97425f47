"""Routes, one module for each noun."""

from agent.web.routes import (
    campaigns,
    deliveries,
    drafts,
    health,
    language,
    login,
    matching,
    messages,
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
    messages.router,
    replies.router,
    campaigns.router,
    matching.router,
    patterns.router,
    login.router,
    setup.router,
    language.router,
    objection.router,
    health.router,
    static.router,
)
