"""The words as tables, keyed by code: each entry is (Vietnamese, English). `desk/words.py` is the door."""
