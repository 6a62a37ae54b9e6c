"""`python -m rapport` is the same as `rapport`.

A process of a pool loads the script that began it, and with that this module: the commands are loaded when one is run.
"""

import gc


def main() -> None:
    """Run the command line."""
    gc.set_threshold(20_000, 20, 20)  # what is made mostly stays: it is looked through less often than after 700 things
    from rapport.cli import main as run

    try:
        run()
    finally:
        gc.freeze()  # all of it ends with the process: Python need not look through it once more


if __name__ == "__main__":
    main()
