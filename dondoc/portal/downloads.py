"""Files of evidence as downloads: never shown by a browser as a page of ours."""

from urllib.parse import quote

from fastapi.responses import FileResponse

from dondoc.use_cases.given import NoFile
from dondoc.use_cases.keep_file import KINDS, KeptFile, path_of
from dondoc.use_cases.office import Office

TYPES = {kind: media for media, kind in KINDS.items()}


def download(office: Office, file: KeptFile) -> FileResponse:
    """The kept bytes under the name they were handed in by. NoFile where they are not in the data folder."""
    path = path_of(office.data, file.sha256)
    if not path.is_file():
        raise NoFile(file.sha256)
    # The name in UTF-8 (RFC 6266, 5); the plain one is for what cannot read it.
    kind = file.name.rpartition(".")[2]
    named = f"attachment; filename=\"tep.{kind}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {"Content-Disposition": named, "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=TYPES.get(kind, "application/octet-stream"), headers=headers)
