"""The demo: "Sining", an invented membership site where members follow independent creators and studios.

Its past is replayed through the real operations with the clock set back, so everything stands as if it had happened:
events, promises, letters, the ledger. The same every time (a fixed seed), relative to today. With it comes the mail
sandbox: every letter that left, and a way to write in as any customer through the same path as real mail, by a page or
by a mail client. Nothing of it exists unless the demo was loaded. Records no facts of its own.
"""
