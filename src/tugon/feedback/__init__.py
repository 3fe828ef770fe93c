"""What customers think of an answer: solved or not, a rating from 1 to 5 and a comment; and the follow-up of a bad one.

A rating is stored only on POST: mail scanners fetch every link. One rating per solve; a later one replaces it. A low
one becomes a note that asks to follow it up. Records TicketRated.
"""
