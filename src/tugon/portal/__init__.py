"""What customers see: the way in, the forms, and their requests as conversations.

Works without JavaScript; with it, it is live. Nobody has a password here: a link sent to an address proves that the
address is theirs. A link to one request opens that request and nothing else until it is used to sign in.
"""
