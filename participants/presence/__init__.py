"""Who was present, as it follows from everything that was recorded at the door, on lists and on paper."""
