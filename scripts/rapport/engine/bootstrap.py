"""What the kernel is told before the first cell: Python, run there. Knows nothing of the rest."""

from __future__ import annotations

# Evaluates the inline expressions of one stretch of text, each of which may fail by itself; and forgets the names of
# one chapter, its folder, streams and environment before the next, which in Quarto has a kernel of its own. Bounds what
# a cell prints, and what it may write.
BOOTSTRAP = """
def __rapport_inline__(items):
    from IPython import get_ipython
    from IPython.display import display
    space, results = get_ipython().user_ns, []
    for code in items:
        try:
            value = eval(code, space)
            show = getattr(value, "_repr_markdown_", None)
            results.append({"text": show() if show else str(value)})
        except Exception as error:
            results.append({"ename": type(error).__name__, "evalue": str(error)})
    display({"application/json": results}, raw=True)

def __rapport_fresh__():
    import os, re, sys
    own = re.compile(r"_+(?:\\d+|i+\\d*|oh|dh|ih|exit_code)?")  # what IPython writes down of the cells
    for name in [name for name in __rapport_space__ if not (own.fullmatch(name) or name in __rapport_kept__)]:
        del __rapport_space__[name]
    root, environment, streams = __rapport_begun__
    os.chdir(root)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdout, sys.stderr = streams

def __rapport_bound__(limit):
    import sys
    def bound(write):
        written = 0
        def bounded(text, *rest):
            nonlocal written
            written += len(text)
            if written > limit:
                raise RuntimeError(f"the cell prints more than {limit} characters\\n  To mend it: "
                                   "end the loop that prints, or print less")
            return write(text, *rest)
        return bounded
    def begin(*_):  # IPython puts back what it finds before a cell, so each cell is bounded anew
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream.write.__name__ != "bounded":
                    stream.write = bound(stream.write)
            except AttributeError:  # a cell has put something of its own there
                pass
    def end(*_):  # the kernel answers no more when it cannot flush them
        for name, stream in zip(("stdout", "stderr"), __rapport_begun__[2]):
            if not (hasattr(getattr(sys, name), "write") and hasattr(getattr(sys, name), "flush")):
                setattr(sys, name, stream)
    get_ipython().events.register("pre_run_cell", begin)
    get_ipython().events.register("post_run_cell", end)

def __rapport_keep__(folders, files):
    import os, sys
    from fnmatch import fnmatch
    root, writes = os.path.realpath(os.getcwd()), os.O_WRONLY | os.O_RDWR
    def place(path):  # of a file that the report is made of
        try:
            name = os.path.relpath(os.path.realpath(os.fsdecode(path)), root)
        except (TypeError, ValueError):  # the number of a file that is open
            return ""
        own = name.split(os.sep)[0] in folders or (os.sep not in name and any(fnmatch(name, one) for one in files))
        return name.replace(os.sep, "/") if own else ""
    def watch(event, told):
        if event == "open":
            paths = told[:1] if isinstance(told[2], int) and told[2] & writes else ()
        else:
            paths = told[:2] if event in ("os.rename", "os.remove", "os.truncate") else ()
        for name in filter(None, map(place, paths)):
            raise RuntimeError(f"the cell writes {name}, which the report is made of\\n  To mend it: "
                               "write in another folder, such as .cache/")
    def refuse():
        raise RuntimeError("the cell ends the kernel\\n  To mend it: leave out quit() or exit()")
    sys.addaudithook(watch)
    get_ipython().ask_exit = refuse

def __rapport_escape__():
    import json
    from jupyter_client.jsonutil import json_default
    session = get_ipython().kernel.session
    usual = session.pack
    def pack(content):  # the usual way cannot send half a letter, and loses all that stands around it
        try:
            return json.dumps(content, default=json_default, allow_nan=False).encode()
        except (TypeError, ValueError):
            return usual(content)
    session.pack = pack

def __rapport_begin__():
    import os, sys
    return os.getcwd(), dict(os.environ), (sys.stdout, sys.stderr)

__rapport_escape__()
__rapport_begun__ = __rapport_begin__()
__rapport_space__ = get_ipython().user_ns
__rapport_kept__ = {*__rapport_space__, "__rapport_kept__"}
"""
