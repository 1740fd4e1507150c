"""Where people are reached: contacts.yaml, which is not committed, or its shipped example."""

from pathlib import Path

from definitions.problem import Problem, did_you_mean
from definitions.schema_office import ContactModel
from definitions.validate import fill
from definitions.yaml_source import Source, need_mapping, read_yaml
from dondoc.core.contact import EMAIL as EMAIL
from dondoc.core.contact import Contact as Contact
from dondoc.core.contact import Contacts as Contacts
from dondoc.core.contact import is_zalo as is_zalo
from dondoc.words import _

FILES = ("contacts.yaml", "contacts.example.yaml")


def load_contacts(folder: Path, persons: set[str] | None) -> tuple[dict[str, Contact], list[Problem]]:
    """The contacts of a folder, and every problem found; `persons` None leaves the names unchecked."""
    file = next((folder / name for name in FILES if (folder / name).is_file()), None)
    if file is None:
        return {}, []
    source = read_yaml(file)
    contacts: dict[str, Contact] = {}
    problems: list[Problem] = []
    for person, data in need_mapping(source).items():
        model, found = fill(ContactModel, source, data, (person,))
        problems += [*found, *_strangers(source, person, persons), *(_misnamed(source, person, model) if model else ())]
        if model:
            contacts[person] = _contact(model)
    return contacts, problems


def _contact(model: ContactModel) -> Contact:
    others = dict(model.model_extra or {})
    return Contact(model.email, model.zalo, model.phone, others, tuple(model.prefer), model.zalo_opt_in)


def _agreement(channel: str) -> str:
    return _("Kênh Zalo chỉ dùng khi người ấy đã đồng ý: ghi zalo-opt-in: NGÀY.") if is_zalo(channel) else ""


def _strangers(source: Source, person: str, persons: set[str] | None) -> list[Problem]:
    if persons is None or person in persons:
        return []
    hint = did_you_mean(person, persons)
    return [
        source.problem(
            (person,),
            _("không có người “{person}”").format(person=person),
            _("một người trong organisation.yaml"),
            hint,
        )
    ]


def _misnamed(source: Source, person: str, model: ContactModel) -> list[Problem]:
    """A key nearly that of a known one is a slip of the pen, not a channel; nobody prefers what they do not have."""
    known = [str(field.alias) for field in ContactModel.model_fields.values()]
    extra = model.model_extra or {}
    found = [
        source.problem(
            (person, key), _("khoá lạ “{key}”").format(key=key), _("tên một kênh gửi, hoặc một khoá đã biết"), hint
        )
        for key in extra
        if (hint := did_you_mean(key, known, cutoff=0.75))
    ]
    own = _contact(model).addresses
    return found + [
        source.problem(
            (person, "prefer", place),
            _("không có địa chỉ cho kênh “{name}”").format(name=name),
            _("một kênh đã ghi địa chỉ"),
            _agreement(name),
        )
        for place, name in enumerate(model.prefer)
        if name not in own
    ]
