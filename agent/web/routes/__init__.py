"""Routes, one module for each noun."""

from agent.web.routes import (
    brief_link,
    briefs,
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
    briefs.router,
    brief_link.router,
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
