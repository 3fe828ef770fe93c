"""Who writes to us: customers with their contact points, organisations, audiences and plans.

One person has one history across channels. An address that somebody merely typed is an unverified claim: it never shows
and never joins another's history. Merging two customers keeps what is needed to undo it.
"""
