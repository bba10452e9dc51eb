"""The command line: what a person types. Errors say what, where and what to do; a traceback only with --debug."""

from __future__ import annotations

import sys

from discretio.cli.app import DEBUG
from discretio.cli.outline import application_for
from discretio.errors import DiscretioError


def main() -> None:
    """Run the command line."""
    arguments = [word for word in sys.argv[1:] if word != DEBUG]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        application_for(arguments)(arguments)
    except DiscretioError as error:
        if debug:
            raise
        sys.stderr.write(f"discretio: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("discretio: interrupted; what was recorded stays, run the command again to go on\n")
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        # The message of a library may quote what it worked on.
        sys.stderr.write(
            f"discretio: an unexpected {type(error).__name__}\n"
            f"  what to do: run it again with {DEBUG}, on data that you may show, and report what it says\n"
        )
        sys.exit(2)
