import pytest

from definitions.problem import DefinitionError
from definitions.yaml_source import MAX_BYTES, MAX_DEPTH, read_text, read_yaml


def read(text):
    return read_text(text if isinstance(text, bytes) else text.encode(), "ke-hoach/III.yaml")


def refused(text):
    with pytest.raises(DefinitionError) as caught:
        read(text)
    (problem,) = caught.value.problems
    return problem


def test_yaml_1_2_has_no_surprising_booleans_dates_or_sexagesimals():
    source = read("a: on\nb: yes\nc: 2022-02-18\nd: '2022-02-18'\ne: 08:00\nf: 0123\ng: true\nh: 12\ni:\n")
    assert source.data == {
        "a": "on", "b": "yes", "c": "2022-02-18", "d": "2022-02-18", "e": "08:00", "f": "0123", "g": True, "h": 12,
        "i": None,
    }  # fmt: skip


def test_every_key_and_item_has_its_line_and_column():
    marks = read("a:\n  - b: 1\n    c: 2\n").marks
    assert marks[("a", 0, "c")] == (3, 5)


def test_a_key_written_twice_is_refused_where_it_stands_again():
    problem = refused("a: 1\nb: {c: 1, c: 2}\n")
    assert (problem.line, problem.column, problem.path) == (2, 11, "b.c")
    assert "hai lần" in problem.found


def test_a_tab_is_answered_with_what_to_do():
    problem = refused("a:\n\tb: 1\n")
    assert problem.line == 2
    assert "Tab" in problem.hint


def test_aliases_work_within_their_bounds():
    assert read("a: &x [1, 2]\nb: *x\n").data == {"a": [1, 2], "b": [1, 2]}


def test_an_alias_bomb_is_refused_before_it_is_built():
    layers = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    assert "bí danh" in refused("\n".join(["a0: &a0 [x, x, x]", *layers])).found


def test_an_alias_to_itself_is_refused():
    assert "bí danh" in refused("a: &a [*a]\n").found


def test_nesting_is_bounded_on_both_sides():
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert "quá sâu" in refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).found
    assert "quá sâu" in refused("[" * 50_000).found


def test_a_huge_file_is_refused_unread():
    assert "byte" in refused("x" * (MAX_BYTES + 1)).found


@pytest.mark.parametrize(
    "text",
    ["a: [1, 2\n", "a: 'b\n", "a: b: c\n", "- a\nb: 1\n", "a: *missing\n", "? [a]\n: b\n", "a: 1\n---\nb: 2\n",
     "a: !!python/object/apply:os.system [ls]\n", "a: !secret x\n", "a: \x00\n", "%YAML 9.9\n---\na: 1\n",
     b"\xff\xfe\x00a", "&a a: *a\n"],
)  # fmt: skip
def test_broken_or_hostile_yaml_is_one_clean_problem_with_a_place(text):
    problem = refused(text)
    assert problem.file == "ke-hoach/III.yaml"
    assert problem.line >= 1
    assert problem.expected


def test_a_file_that_is_not_there_is_a_problem_and_no_traceback(tmp_path):
    with pytest.raises(DefinitionError, match="không đọc được tệp"):
        read_yaml(tmp_path / "plan.yaml")


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path):
    with pytest.raises(DefinitionError, match="không đọc được tệp"):
        read_yaml(tmp_path)
