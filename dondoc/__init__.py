"""Đôn Đốc: watches what an office has signed, so that nothing in it is missed."""
