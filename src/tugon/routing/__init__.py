"""Who should get a ticket: availability, capacity, skills and languages of agents; strategies of teams.

A team may have its tickets given out: in turns, to the least loaded, to who knows the customer. Nobody is given more
than its capacity, whatever happens at once; what finds nobody waits, and the queue drains oldest promise first when
somebody frees up. People may always take and give as they like. Every choice says why.

Records AgentBecameAvailable, AgentBecameUnavailable, AvailabilityChanged, TicketRouted, TeamRoutingChanged,
AgentSkillsChanged.
"""
