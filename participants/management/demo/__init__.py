"""The demo: two real events with made-up people.

What newspapers reported (counts, dates, hall, topics, speakers' offices) is real and says where it was read; every
person, telephone number and e-mail address is synthetic and marked so. Addresses end in `.invalid`, which no channel
delivers outside this machine.
"""
