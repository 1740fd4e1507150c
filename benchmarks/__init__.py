"""Ours beside the peers, in one run; ratios count, seconds only say what they meant on one machine."""
