"""The definition language: YAML plans, checked and turned into `dondoc.core.plan` values.

Import what you need from the modules; this file stays empty so that importing the package costs nothing.
"""
