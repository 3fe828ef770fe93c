"""Reads a draft and remarks on clarity, empathy, accuracy and completeness. Pure; never blocks unless a check is
required.
"""
