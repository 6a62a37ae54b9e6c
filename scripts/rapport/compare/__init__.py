"""`rapport diff REV`: what the working tree changes since a revision, for whoever reviews it.

Imports point down the list: changes <- repository <- sides <- sentences <- sections/* <- run <- reports/* <- command.
"""
