"""The billing directory (A12): payment processors, the words they print on statements, and how to reach them.

“Who charged me?” takes a line of a statement as it stands there, cut off and full of dates, cities and card networks,
and answers with the processor (`finding`, pure). What was asked and not found is kept without personal data
(`ChargeLookup`) and becomes work. Entries that nobody checked for long come up for review. Records ProcessorCreated,
ProcessorChanged, ProcessorReviewed, ProcessorArchived, ProcessorRestored, DescriptorAdded, DescriptorRemoved,
ContactRouteAdded, ContactRouteChanged, ContactRouteRemoved, LookupsSettled.
"""
