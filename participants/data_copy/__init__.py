"""Everything that the portal holds about one head, for that head (UU 27/2022, Pasal 7 and 32).

`spans.py` says which invitations were theirs and when, `portions.py` which rows of which models are about them,
`history.py` who looked and changed, `gathering.py` puts the fields that the register declares into one document.
"""
