"""How much a ticket matters: people affected, severity and threat to stability by a matrix, with the reason in
words.
"""
