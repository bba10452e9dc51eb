"""What every page needs is loaded as the server starts: words, templates, the policy of the day. No visitor waits for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp, Receive, Scope, Send

from discretio.airflow_ui.compliance.drawing import load_everything
from discretio.errors import DiscretioError
from discretio.steps.workplace import Workplace


def make_ready(place: Callable[[], Workplace]) -> None:
    """Load what a process loads once. What can't be loaded is told on the page that needs it, not here."""
    load_everything()
    with suppress(DiscretioError):
        opened = place()
        opened.policy_on(opened.now().date())


class ReadyBeforeServing:
    """Passes every request on; Airflow's server makes it as it starts, the one part of Airflow that draws pages."""

    def __init__(self, application: ASGIApp, place: Callable[[], Workplace]) -> None:
        make_ready(place)
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        await self._application(scope, receive, send)
