"""What the operator sets is understood or refused."""

from __future__ import annotations

import pytest

from discretio.errors import UsageError
from discretio.settings import PARTITION_BYTES, Settings


def test_the_bytes_of_a_partition_are_a_number_or_refused() -> None:
    assert Settings.from_environment({PARTITION_BYTES: "20000000"}).partition_bytes == 20_000_000
    for wrong in ("0", "-1", "4 MB", "1e6"):
        with pytest.raises(UsageError, match=PARTITION_BYTES):
            Settings.from_environment({PARTITION_BYTES: wrong})
