"""The address under which phones in the room reach this machine, and its picture for their cameras."""

import ipaddress
import socket
from html import escape
from typing import Final

import segno
import streamlit as st

from dashboard.figures.context import Context

SOMEWHERE: Final = ("192.0.2.1", 9)  # kept for documentation (RFC 5737): the system only looks up the way there


def own_address() -> str:
    """The address of this machine on the local network; empty where there is none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(SOMEWHERE)
            found = str(way.getsockname()[0])
        except OSError:
            found = ""
    candidates = [found, *_named()]
    return next((one for one in candidates if one and not ipaddress.ip_address(one).is_loopback), "")


def _named() -> list[str]:
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []


def room_address() -> str:
    """The address of the page for phones; empty when this server listens to nobody but its own machine."""
    bound = str(st.get_option("server.address") or "")
    if bound in {"localhost", "127.0.0.1", "::1"}:
        return ""
    shown = str(st.get_option("browser.serverAddress") or "")
    host = shown if shown not in {"", "localhost"} else own_address()
    return f"http://{host}:{st.get_option('server.port')}/room" if host else ""


def code(context: Context) -> None:
    """The address as a picture and in letters, or what to do so that phones can come in."""
    t, address = context.t, room_address()
    if not address:
        st.info(
            t(
                "Phones cannot reach this dashboard: it listens to this computer only. Stop it and start it with "
                "`python run.py room` (or `make room`) on the network of the room; no internet is needed."
            )
        )
        return
    alt = t("QR code with the address of the page for phones")
    picture = segno.make(address, error="m").svg_data_uri(scale=8, border=3)
    st.html(
        f'<figure class="qr"><img src="{picture}" alt="{escape(alt)}">'
        f"<figcaption>{escape(address)}</figcaption></figure>"
    )
