"""`dondoc up`: start everything an office needs, watch over it, stop everything it started."""

from dondoc.up.command import up

__all__ = ["up"]
