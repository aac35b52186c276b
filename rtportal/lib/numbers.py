"""Numbers as Indonesians write them: point between thousands, comma before decimals."""

from decimal import ROUND_HALF_UP, Decimal

_SWAP = str.maketrans(",.", ".,")


def thousands(number: int) -> str:
    """1650 -> "1.650". Whole numbers only; a fraction raises ValueError."""
    if number != int(number):
        raise ValueError("thousands() writes whole numbers")
    return f"{int(number):,}".translate(_SWAP)


def rupiah(amount: int) -> str:
    """350000 -> "Rp350.000"."""
    return f"Rp{thousands(amount)}"


def percent(share: float | Decimal, digits: int = 0) -> str:
    """A share of one as percent: 0.75 -> "75%"; with digits=1 0.333 -> "33,3%".

    Halves round up. A share that is not quite all never reads "100%" and one that is not quite
    nothing never reads "0%": 336 answers of 337 are "99%", since somebody is still missing.
    """
    exact = Decimal(str(share))
    if not exact.is_finite():
        raise ValueError("a share must be a finite number")
    step = Decimal(1).scaleb(-digits)
    shown = (exact * 100).quantize(step, ROUND_HALF_UP)
    if 0 < exact < 1:
        shown = min(max(shown, step), 100 - step)
    return f"{shown:,f}%".translate(_SWAP)
