"""`python -m dondoc.portal`: serve on loopback until told to stop; DONDOC_PORTAL_PORT says where."""

import os

import uvicorn

from dondoc.portal.app import make_app
from dondoc.portal.door import door_from_environment

HOST = "127.0.0.1"  # whoever wants it from outside puts a server with TLS and access rules in front

if __name__ == "__main__":
    uvicorn.run(
        make_app(door_from_environment()),
        host=HOST,
        port=int(os.environ["DONDOC_PORTAL_PORT"]),
        log_level="warning",
        proxy_headers=False,  # the application itself believes those that DONDOC_PORTAL_PROXIES names, and no others
        access_log=False,  # a webhook's query may hold what belongs in no log
        timeout_graceful_shutdown=2,
    )
