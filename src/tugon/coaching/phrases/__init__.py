"""The words that the checks look for, English and Filipino. Ways are regular expressions over lowered text."""
