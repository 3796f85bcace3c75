"""How fast one caller may ask: a bucket of requests that fills again at a steady rate.

Counted in this process: with several processes a caller may have as many buckets.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

#: Callers remembered at once; the one that was quiet longest is forgotten first.
MOST_CALLERS = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Throttle:
    """Lets each caller through so many times a minute."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, caller: str, at: float) -> int:
        """Seconds to wait before asking again; 0 when the caller may go on.

        ``at`` is in seconds of any clock that only goes forward.
        """
        with self._lock:
            bucket = self._buckets.pop(caller, None) or _Bucket(self.a_minute, at)
            gained = (at - bucket.at) * self.a_minute / 60
            bucket.left, bucket.at = min(self.a_minute, bucket.left + max(0, gained)), at
            self._buckets[caller] = bucket
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return max(1, round(60 / self.a_minute))
            bucket.left -= 1
            return 0
