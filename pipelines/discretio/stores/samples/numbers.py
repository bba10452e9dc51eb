"""Invented numbers that pass their own checks, so that a detector treats them as it would real ones."""

from __future__ import annotations

import random
from datetime import date, timedelta

_BANK = "979"  # a code that is given to a bank: validators refuse the others
_LETTERS = "BCDFGHJKLNPRSTVWXZ"
_MODULUS = 97


def national_number(written: str, shift: timedelta, rng: random.Random) -> str:
    """A national register or bis number: the birth date moved, a new serial of 900 or more, a valid check, as it was written.

    Args:
        written: a valid number, with dots and a dash or in digits only.
        shift: how far the birth date moves.
        rng: where the serial comes from; its parity (the sex) stays.
    """
    digits = "".join(char for char in written if char.isdigit())
    century = 1900 if int(digits[9:]) == _check(int(digits[:9])) else 2000
    month = int(digits[2:4])
    offset = month - (month % 20)
    born = date(century + int(digits[:2]), month % 20, int(digits[4:6])) + shift
    serial = rng.randrange(900 + int(digits[8]) % 2, 998, 2)
    stem = f"{born.year % 100:02d}{born.month + offset:02d}{born.day:02d}{serial:03d}"
    number = stem + f"{_check(int(stem) + (2_000_000_000 if born.year >= 2000 else 0)):02d}"
    if written.isdigit():
        return number
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


def _check(stem: int) -> int:
    return _MODULUS - stem % _MODULUS


def iban(rng: random.Random) -> str:
    """A Belgian account number with both its checks valid, in groups of four."""
    stem = int(f"{_BANK}{rng.randrange(10**7):07d}")
    account = f"{stem:010d}{stem % _MODULUS or _MODULUS:02d}"
    check = 98 - int(account + "111400") % _MODULUS
    number = f"BE{check:02d}{account}"
    return " ".join(number[start : start + 4] for start in range(0, 16, 4))


def plate(rng: random.Random) -> str:
    """A Belgian plate of the current pattern."""
    return f"{rng.choice('12')}-{''.join(rng.choices(_LETTERS, k=3))}-{rng.randrange(1000):03d}"


def last_digits(written: str, count: int, rng: random.Random) -> str:
    """The number as written, its last digits new."""
    places = [index for index, char in enumerate(written) if char.isdigit()][-count:]
    digits = list(written)
    for place in places:
        digits[place] = rng.choice("0123456789")
    return "".join(digits)


def pv_number(written: str, years: int, rng: random.Random) -> str:
    """A police report number: a new serial, its year moved by whole years."""
    prefix, year = written.rsplit("/", 1)
    return f"{prefix[:-6]}{rng.randrange(1, 100_000):06d}/{int(year) + years}"


def house(written: str, rng: random.Random) -> str:
    """A house number with as many digits."""
    lowest = 10 ** (len(written) - 1)
    return str(rng.randrange(lowest, lowest * 10))
