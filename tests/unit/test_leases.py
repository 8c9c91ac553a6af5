from datetime import timedelta

import pytest

from bot.errors import SettingsError
from bot.leases import CALL, LEASE, SETTLED, check_leases


def test_the_times_that_the_program_comes_with_are_in_order() -> None:
    check_leases()


@pytest.mark.parametrize(
    ("lease", "settled", "call"), [(SETTLED, SETTLED, CALL), (LEASE, SETTLED, SETTLED), (LEASE, SETTLED, 2 * LEASE)]
)
def test_times_out_of_order_are_refused_with_all_three(lease: timedelta, settled: timedelta, call: timedelta) -> None:
    with pytest.raises(SettingsError) as refused:
        check_leases(lease=lease, settled=settled, call=call)
    assert all(f"({length.total_seconds():g} s)" in str(refused.value) for length in (lease, settled, call))
