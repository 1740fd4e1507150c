"""A local stand-in for Zalo, for tests and demos. Every answer says what it is; nothing here leaves the machine."""
