"""The report Arbeidstrening: data in, figures, numbers and pages out.

Imports point one way: records and errors know nothing of the rest; data, numbers and figures read
and compute; pipeline writes; engine renders; cli calls them all and is called by nobody.
"""

__version__ = "1.0.0"
