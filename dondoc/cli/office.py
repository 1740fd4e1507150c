"""Opening the office a command works on."""

from typing import TYPE_CHECKING

from dondoc.cli.options import Place

if TYPE_CHECKING:
    from dondoc.use_cases.office import Office


def office_at(place: Place) -> "Office":
    """The office of --data, --definitions and --register; DefinitionError or RegisterError where it cannot open."""
    import os

    from dondoc.settings import SECRET_KEY
    from dondoc.use_cases.mail_route import route_from
    from dondoc.use_cases.office import open_office

    mail = route_from(os.environ)
    return open_office(
        place.data,
        register_url=place.register,
        definitions=place.definitions,
        mail=mail,
        secret_key=os.environ.get(SECRET_KEY, ""),
    )
