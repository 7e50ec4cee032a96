"""The core: what a directive task is, means and may do. Pure: no clock, no I/O, no Temporal."""
