"""Out to customers: each outgoing message becomes one delivery per recipient, whose fate is known.

queued → sent, or deferred and tried again, or bounced, or failed for good — which becomes a task for the agent.
Sending is at least once towards the world and at most once per recipient in our books: a delivery is claimed before it
is sent. Records MessageSent, DeliveryFailed, DeliveryBounced.
"""
