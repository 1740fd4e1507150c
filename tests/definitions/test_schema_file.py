import subprocess
import sys

from definitions.schema import ObligationModel, PlanFile, StepModel
from definitions.write_schema import SCHEMA_FILE, schema_text


def test_the_schema_that_editors_read_is_the_loader_s_own():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "run: python -m definitions.write_schema"


def test_every_key_is_explained_in_vietnamese_and_english():
    for model in (PlanFile, ObligationModel, StepModel):
        for name, field in model.model_fields.items():
            assert " | " in (field.description or ""), f"{model.__name__}.{name}"


def test_importing_the_package_imports_no_parser():
    heavy = ("pydantic", "lark", "ruamel.yaml", "holidays")
    code = f"import sys, definitions; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
