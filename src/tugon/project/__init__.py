"""What makes Tugon one program: settings, addresses, the command line, who reacts to what, and what the clock does.

Stands above every other package; nobody imports it.
"""
