"""Amounts of money in words, as receipts say them (terbilang)."""

_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"), (100, "ratus"))
MOST = 10**15 - 1


def number_in_words(number: int) -> str:
    """21 -> "dua puluh satu". Whole numbers from 0 to 999 trillion; others raise ValueError."""
    if not 0 <= number <= MOST:
        raise ValueError(f"number_in_words() says 0 to {MOST}")
    return _words(number)


def amount_in_words(amount: int) -> str:
    """337000 -> "tiga ratus tiga puluh tujuh ribu rupiah". Whole rupiah; raises ValueError as `number_in_words`."""
    return f"{number_in_words(amount)} rupiah"


def _words(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ONES[number // 10]} puluh", number % 10)
    for size, name in _SCALES:
        if number >= size:
            count, rest = divmod(number, size)
            # One hundred and one thousand are said in one word; one million is not.
            head = f"se{name}" if count == 1 and size <= 1_000 else f"{_words(count)} {name}"
            return _joined(head, rest)
    raise AssertionError("every number from 100 has a scale")


def _joined(head: str, rest: int) -> str:
    return f"{head} {_words(rest)}" if rest else head
