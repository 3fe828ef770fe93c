"""Stated facts (B6): named, typed values kept once, and used by articles, templates, forms and mail by
reference.

A text says `{{ refund.window }}` and every reader sees “14 days” or “14 na araw”. A value holds from a day on:
history is kept, and what begins in the future takes effect by date, at the read. A change lists every text that uses
the fact, and every published text that states an old value in plain words, to be read again (`FactReview`).

Not to be confused with the facts of `tugon.events`, which say what happened. Records FactCreated, FactChanged,
FactValueGiven, FactTookEffect, FactValueWithdrawn, FactArchived, FactRestored, FactReviewed.
"""
