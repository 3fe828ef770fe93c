"""How much a ticket matters: people affected × severity × threat to stability, by a matrix that the company keeps.

The priority is assessed when a ticket opens, and again with every report linked to it, every change of its severity,
and whatever is learnt later. The reason is kept with the ticket (`Assessment`) and said in words. A plan or an audience
may raise, at most to a level of its own, never silently. Who overrides says why, and perhaps until when; then the
assessment counts again.

Records PriorityAssessed, PriorityOverridden, PriorityOverrideEnded, PriorityMatrixChanged.
"""
