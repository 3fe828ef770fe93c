"""Contact & support on the pages of a host platform: one line of script, a panel, and who the visitor is.

The script sets no cookie and asks for nothing until somebody opens the panel. The panel shows the public help center in
a frame, which knows nobody. What a person does in their own name (write, see requests) opens in a window of our own;
where the host signed who they are, they are signed in there.
"""
