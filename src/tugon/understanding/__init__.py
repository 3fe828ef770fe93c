"""What a message says: language, topic, area, side, urgency, mood, errors and steps already tried, each with how
sure we are and the words it rests on. Correctable; corrections teach.
"""
