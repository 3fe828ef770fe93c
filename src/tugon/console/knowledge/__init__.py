"""The agents' side of the help center: articles and their languages, review, work that readers make, arrangement.

The rules live in `tugon.helpcenter`; here is what agents see of them and the forms that call its operations.
"""
