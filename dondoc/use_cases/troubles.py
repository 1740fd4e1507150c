"""What keeps the whole house from answering, for front doors that say so in words of their own."""

from dondoc.register.errors import RegisterError as RegisterError
from dondoc.register.sealed import SealError as SealError
from dondoc.use_cases.load_plans import DefinitionError as DefinitionError
