"""What customers see: the way in, the forms, and their requests as conversations.

Works without JavaScript; with it, it is live. Nobody has a password here: a letter sent to an address proves that the
address is theirs. A link to one request opens that request and nothing else until it is used to sign in. Whoever wrote
a request in this browser may go on with it, as long as it stays theirs: a merge or a change of customer ends that.
Records no facts of its own; what customers do is recorded by the packages below.
"""
