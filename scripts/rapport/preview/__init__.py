"""`rapport preview`: builds on every change and shows the pages on this machine alone. Knows paths and errors only.

    watch ──► loop ──► child (`rapport render` in a process of its own)
                │
                ▼
    site ──► board ──► server ──► the open page (page.js)

The site is built into .cache/preview/ and read into memory, so that _site/ is left alone and a page that is shown never
changes while it is read. What pages need to follow the builds is added as they are served, never to what is built.
"""
