"""The people who answer: agents, leads, administrators and collaborators, their teams and roles, and how they sign in.

An agent's permissions are the union of its roles' rows. A deactivated agent keeps its name on what it wrote and can do
nothing. Records AgentInvited, AgentDeactivated, RoleChanged and the other facts of `events.py`.
"""
