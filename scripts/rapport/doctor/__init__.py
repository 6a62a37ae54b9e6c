"""`rapport doctor`: what is installed, what differs from what made the figures, what is missing and how to mend it."""
