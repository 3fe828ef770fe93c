"""Prepared replies: per language and audience, reviewed and versioned; each use and its outcome is recorded.

A template has a wording per language. Its words name variables (`{{ customer.first_name }}`), facts and conditions
(`[[if plan is premium]] … [[end]]`); `language` reads them, `filling` makes of them what one customer reads, and
`automatic` the letters that Tugon sends itself. What was published is a version that is never changed again.
"""
