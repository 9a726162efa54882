"""Headers that let the browser itself enforce what we promise: nothing is fetched from anywhere else."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from secrets import token_urlsafe
from typing import Any, Final

from starlette.middleware import Middleware

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-eval' 'unsafe-inline' blob:",  # Streamlit's own bundles need all three
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self' data: blob:",  # 'self' covers ws: and wss: of the own host
        "worker-src 'self' blob:",
        "font-src 'self' data:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS: Final = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


SHARED: Final = "DASHBOARD_SHARED"


def is_shared() -> bool:
    """Whether this is one of several processes behind a proxy, where every reader's address is that of the proxy."""
    return os.environ.get(SHARED) == "1"


ROOM: Final = "/room"
DEVICE: Final = b"device"  # a random number that tells one phone from another, so that each is counted once
DEVICE_COOKIE: Final = b"%s=%s; Path=/; Max-Age=7776000; HttpOnly; SameSite=Strict"


class Headers:
    """Adds the security headers to every response, and a random number to a phone that enters the room."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers."""
        cookies = b"; ".join(value for name, value in scope.get("headers", ()) if name == b"cookie")
        has_number = any(part.strip().startswith(DEVICE + b"=") for part in cookies.split(b";"))
        number = DEVICE_COOKIE % (DEVICE, token_urlsafe(24).encode())
        new = [] if has_number or scope.get("path", "").rstrip("/") != ROOM else [(b"set-cookie", number)]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in HEADERS}
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in names]
                message["headers"] = [*kept, *HEADERS, *new]
            await send(message)

        await self.app(scope, receive, with_headers)


MIDDLEWARE: Final = [Middleware(Headers)]
