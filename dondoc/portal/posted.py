"""A posted form without files, for routes that are not asynchronous themselves."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

MOST_FIELDS = 200
LONGEST_FIELD = 64 * 1024  # bytes


async def posted(request: Request) -> FormData:
    """Its fields. Starlette answers 400 where there is a file or too much."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD) as form:
        return form


Posted = Annotated[FormData, Depends(posted)]
