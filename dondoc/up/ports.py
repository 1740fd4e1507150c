"""Are our ports free? Said before anything is started."""

import socket

from dondoc.up.places import HOST
from dondoc.up.trouble import StartError
from dondoc.words import _


def is_free(port: int) -> bool:
    """Whether something could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def demand_free(uses: dict[int, str], port_base: int) -> None:
    """StartError naming the ports that are taken and a base that is free."""
    taken = [_("cổng {port} ({use})").format(port=port, use=use) for port, use in uses.items() if not is_free(port)]
    if taken:
        raise StartError(
            _(
                "Không khởi động được: {taken} đang có chương trình khác dùng.\n"
                "  Hãy tắt chương trình đó, hoặc chọn cổng khác: dondoc up --port-base {port_base}"
            ).format(taken=", ".join(taken), port_base=_free_base(port_base))
        )


def _free_base(port_base: int) -> int:
    """A base near the wished one with three free ports in a row."""
    candidates = range(port_base + 10, min(port_base + 2000, 65_534), 10)
    return next((base for base in candidates if all(map(is_free, range(base, base + 3)))), port_base + 10)
