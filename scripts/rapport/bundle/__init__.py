"""`rapport bundle`: all that a rebuild needs, in one archive, for a day without an index. Knows paths and errors.

HEAD ──► source ──► site     built from those files alone, by their own code
           │
           ▼
wheels, README, rebuild.py, SHA256SUMS ──► dist/<name>.tar.gz
"""
