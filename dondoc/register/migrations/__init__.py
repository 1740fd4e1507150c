"""Alembic's scripts: how the register's schema came to be."""
