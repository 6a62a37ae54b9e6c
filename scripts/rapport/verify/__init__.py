"""`rapport verify`: everything recomputed from data/ and compared with what is committed and built.

Imports point down the list: verdicts <- evidence <- layers/* <- run <- record, reports/*.
"""
