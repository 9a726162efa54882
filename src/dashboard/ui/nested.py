"""Addresses of several parts, such as ``/country/KGZ``: there are none, and the page that says so must load.

Streamlit answers every address with its one page, which looks for its own files beside the address: below ``/country/``
it finds none and stays blank. So a browser that opens such an address is sent to one that has a single part.
"""

from typing import Final

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse

from dashboard.ui.security import Application, Message, Receive, Send

STREAMLITS: Final = {"_stcore", "app", "auth", "component", "media", "oauth2callback", "static", "~"}
NOWHERE: Final = "/lost"  # no page has this address: it is answered by pages/lost.py


class Nested:
    """Sends who opens an address of several parts in a browser to the page that says there is none."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer with another address, or pass the request on."""
        if not _is_nested(scope):
            await self.app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        elsewhere = RedirectResponse(f"{NOWHERE}?{query}" if query else NOWHERE)  # the language stays
        await elsewhere(scope, receive, send)


def _is_nested(scope: Message) -> bool:
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    first, *others = scope["path"].strip("/").split("/")
    wanted = b",".join(value for name, value in scope["headers"] if name == b"accept")
    return bool(others) and first not in STREAMLITS and b"text/html" in wanted  # a script is asked for as */*


MIDDLEWARE: Final = [Middleware(Nested)]
