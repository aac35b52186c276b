"""Names of people: titles told apart from the name, and a form for comparing and searching.

Only titles that cannot be part of a name are recognised (academic, vocational, religious), so
"Raden", "Habib" or "Teungku" stay in the name. Nothing is respelled: CAPITALS stay as typed.
"""

import re
import unicodedata

_FRONT_TITLES = "Prof|Drs|Dra|drg|drh|Dr|Ir|K\\.\\s?H|KH|TGH|Tgk|Hj|H|Ustadzah|Ustadz|Ustazah|Ustaz|Ust|Pdt|apt|Ns"
_FRONT = re.compile(rf"(?:(?:{_FRONT_TITLES})(?:\.\s*|\s+))+", re.IGNORECASE)
# Letters of degrees that nobody bears as a name; written "S.Pd.", "SPd" or "SPD".
_DEGREES = re.compile(
    "se|sh|st|mm|mh|mt|sp|spd|spdi|sag|ssos|skom|sip|sap|spt|shut|skep|skm|ssi|spsi|sth|sfarm"
    "|amd|ama|amapd|amdkep|amdkeb|mpd|mpdi|msi|mkes|mkom|mhum|msc|map|mba|mag|mip|mikom|mth"
    "|sst|sstp|strkes|strkeb|phd|lc|dipl"
)
_SPACES = re.compile(r"\s+")


def split_titles(text: str) -> tuple[str, str, str]:
    """Splits "H. Ahmad Fauzi, S.Pd., M.M." into ("H.", "Ahmad Fauzi", "S.Pd., M.M.").

    Returns (gelar_depan, nama, gelar_belakang), each possibly empty but the name, unless the text is.
    Without a comma, degrees at the end are recognised by their shape ("Ahmad Fauzi S.Pd").
    """
    text = _SPACES.sub(" ", text).strip(" ,")
    front = _FRONT.match(text)
    before = front[0] if front and front.end() < len(text) else ""
    rest = text[len(before) :]
    name, comma, after = rest.partition(",")
    if not name.strip():
        return "", text, ""
    if comma and not _is_degrees(after):
        # "Ahmad Fauzi, Tanjung": no degree after the comma, so nothing is cut off.
        return before.strip(), rest, ""
    words = name.split()
    cut = len(words)
    while cut > 1 and _is_degree(words[cut - 1]):
        cut -= 1
    trailing = [" ".join(words[cut:]), after.strip(" ,")]
    return before.strip(), " ".join(words[:cut]), ", ".join(part for part in trailing if part)


def full_name(gelar_depan: str, nama: str, gelar_belakang: str) -> str:
    """("H.", "Ahmad Fauzi", "S.Pd., M.M.") -> "H. Ahmad Fauzi, S.Pd., M.M."; empty titles leave no trace."""
    front = " ".join(part for part in (gelar_depan.strip(), nama.strip()) if part)
    return ", ".join(part for part in (front, gelar_belakang.strip(" ,")) if part)


def fold(name: str) -> str:
    """A name for comparing and searching: lower case, no accents or apostrophes, single spaces.

    "  NUR'AINI  M. Yusuf" and "Nuraini M Yusuf" fold to the same "nuraini m yusuf".
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_NO_APOSTROPHES))
    # Folding case can compose and decomposing can bring capitals back, hence twice.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", decomposed.casefold()).casefold())
    letters = "".join(c for c in plain.translate(_NO_APOSTROPHES) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


_NO_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´"))


def _is_degrees(text: str) -> bool:
    """Whether what follows the first comma starts with a degree; the ones after it may be unusual."""
    first = "".join(text.strip(" ,").split(",")[0].split())
    return not first or "." in first or _DEGREES.fullmatch(first.casefold()) is not None


def _is_degree(word: str) -> bool:
    letters = word.replace(".", "")
    # Without points a second capital tells the degree "SAg" from the name "Sag".
    marked = "." in word or sum(c.isupper() for c in letters) >= 2
    return marked and _DEGREES.fullmatch(letters.casefold()) is not None
