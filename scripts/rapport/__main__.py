"""`python -m rapport` is the same as `rapport`.

A process of a pool loads the script that began it, and with that this module: the commands are loaded when one is run.
"""

import gc


def main() -> None:
    """Run the command line."""
    from rapport.cli import main as run

    try:
        run()
    finally:
        gc.freeze()  # all of it ends with the process: Python need not look through it once more


if __name__ == "__main__":
    main()
