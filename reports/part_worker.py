"""A process that draws parts of a report: a sheet comes in as a line, its PDF goes out.

It ends when nobody hands it sheets any more, so that none outlives who started it.
"""

import gc
import json
import os
import sys
from datetime import datetime
from pathlib import Path

from reports.drawing import Sheet, draw, load

#: Objects that drawn sheets may leave before the next is drawn, about three sheets'. To look for
#: them costs a tenth of the drawing, and those of the last go with the process.
MOST_LEFT = 350_000


def main(fonts_dir: Path) -> None:
    """Draw what comes on standard input until it ends."""
    gc.disable()
    load()
    # What a library prints must not stand among the answers.
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        for line in sys.stdin.buffer:
            if gc.get_count()[0] > MOST_LEFT:
                gc.collect()
            made, fault = _drawn(json.loads(line), fonts_dir)
            answer = {"fault": fault} if fault else {"bytes": len(made)}
            answers.write(json.dumps(answer).encode() + b"\n" + made)
            answers.flush()


def _drawn(task: dict[str, object], fonts_dir: Path) -> tuple[bytes, str]:
    given: dict[str, object] = {
        **task,
        "when": datetime.fromisoformat(str(task["when"])),
        "attached": tuple(map(tuple, task["attached"])),  # type: ignore[call-overload]
    }
    try:
        return draw(Sheet(**given), fonts_dir), ""  # type: ignore[arg-type]
    except Exception as fault:  # noqa: BLE001 - whatever it was, who asked says it
        return b"", str(fault) or type(fault).__name__


if __name__ == "__main__":
    main(Path(sys.argv[1]))
