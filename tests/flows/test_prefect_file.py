"""prefect.yaml says what the definitions say; whatever Prefect would swallow in silence is named here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from flows.deployments import Deployment, _refuse_twins
from flows.prefect_file import FILE, problems, render, stated_deployments


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> list[Deployment]:
    return stated_deployments({"DONDOC_DATA": str(tmp_path_factory.mktemp("data"))})


def test_prefect_yaml_states_exactly_what_the_definitions_ask_for(wanted: list[Deployment]) -> None:
    assert problems(FILE, wanted) == [], "run: python -m flows.prefect_file"


def test_every_obligation_of_the_plan_has_one_deployment(wanted: list[Deployment]) -> None:
    keys = [tuple(one.parameters.values()) for one in wanted if one.flow == "check_obligation"]
    assert len(keys) == len(set(keys)) > 50


def test_every_entrypoint_names_a_flow_that_exists(wanted: list[Deployment]) -> None:
    from importlib import import_module

    for flow in {one.flow for one in wanted}:
        found = getattr(import_module(f"flows.{flow}"), flow)
        assert found.name == flow.replace("_", "-")


def test_a_check_names_no_person_in_its_parameters(wanted: list[Deployment]) -> None:
    assert {frozenset(one.parameters) for one in wanted} == {frozenset(), frozenset({"plan", "obligation"})}


def _change(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path, list[Deployment]], list[str]]:
    def told(tmp_path: Path, wanted: list[Deployment]) -> list[str]:
        yaml, path = YAML(), tmp_path / "prefect.yaml"
        document = yaml.load(render(wanted))
        change(document)
        yaml.dump(document, path)
        return problems(path, wanted)

    return told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["deployments"][0].update(concurency_limit=1), "unknown key 'concurency_limit'"),
        (lambda d: d["deployments"].pop(0), "missing: check-obligation/"),
        (lambda d: d["deployments"][-1].update(name="Khác"), "no longer defined: sync-definitions/Khác"),
        (lambda d: d["deployments"][0].update(description="khác"), "differs: check-obligation/"),
        (lambda d: d["deployments"][-2]["schedules"][0].update(timezone="UTC"), "differs: catch-up/"),
    ],
)
def test_a_difference_is_named(
    tmp_path: Path, wanted: list[Deployment], change: Callable[[dict[str, Any]], Any], said: str
) -> None:
    assert any(line.startswith(said) for line in _change(change)(tmp_path, wanted))


def test_what_was_just_rendered_does_not_differ(tmp_path: Path, wanted: list[Deployment]) -> None:
    assert _change(lambda _document: None)(tmp_path, wanted) == []


def test_two_deployments_of_one_name_are_refused(wanted: list[Deployment]) -> None:
    with pytest.raises(ValueError, match="the second would replace the first"):
        _refuse_twins([wanted[0], wanted[0]])
