"""The grammar of deadline phrases, in small files; `directive/deadline.py` is the door.

`text` folds the words, `days`, `spans`, `clock` and `feasts` read moments, `markers` the words before them,
`recurring` and `counted` the two kinds that are not one moment; `context` decides what is a deadline at all,
`compose` what it means, `scan` walks through a text, and `rules` names every rule with its source.
"""
