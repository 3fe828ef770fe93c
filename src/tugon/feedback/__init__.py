"""What customers think of an answer: solved or not, a rating from 1 to 5 and a comment; and the follow-up of a bad one.

A rating is stored only on POST: mail scanners fetch every link. One rating per solve; a later one replaces it.
Records TicketRated.
"""
