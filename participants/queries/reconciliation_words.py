"""What the numbers of a reconciliation are called, and what is said where two of them differ."""

from dataclasses import dataclass

from participants.queries.reconciliation import Numbers, Subject
from programs.models import Wave


@dataclass(frozen=True)
class Stage:
    """`name` is that of a number, `slug` stands in the address of its people."""

    name: str
    slug: str
    label: str


# The columns of the table, in the order in which things happen.
STAGES = (
    Stage("target", "sasaran", "Sasaran"),
    Stage("allocated", "dialokasikan", "Dialokasikan"),
    Stage("invited", "diundang", "Diundang"),
    Stage("told", "diberi-tahu", "Diberi tahu"),
    Stage("answered", "menjawab", "Menjawab"),
    Stage("present", "hadir", "Hadir"),
    Stage("represented", "diwakili", "Diwakili"),
    Stage("absent", "tidak-hadir", "Tidak hadir"),
    Stage("certified", "sertifikat", "Sertifikat"),
    Stage("paid", "dibayar", "Dibayar"),
)
# What stands between two stages, in their order.
GAPS = (
    Stage("elsewhere", "di-gelombang-lain", "Mendapat tempat di gelombang lain"),
    Stage("unplaced", "tanpa-gelombang", "Belum masuk gelombang"),
    Stage("stranded", "gelombang-batal", "Di gelombang yang dibatalkan"),
    Stage("from_outside", "luar-sasaran", "Dari luar sasaran"),
    Stage("continued", "susulan", "Susulan dari gelombang sebelumnya"),
    Stage("vacant", "tidak-menjabat", "Tidak lagi menjabat"),
    Stage("waiting", "menunggu-undangan", "Menunggu undangan"),
    Stage("held_back", "belum-dibuka", "Undangan belum dibuka"),
    Stage("untold", "belum-diberi-tahu", "Belum diberi tahu"),
    Stage("unanswered", "belum-menjawab", "Belum menjawab"),
    Stage("unannounced", "hadir-tanpa-jawaban", "Hadir tanpa jawaban"),
    Stage("pending", "belum-dihitung", "Belum dihitung hadir atau tidak hadir"),
    Stage("continued_on", "dilanjutkan", "Dilanjutkan ke gelombang lain"),
    Stage("came_after_all", "hadir-setelah-dilanjutkan", "Dilanjutkan, lalu tercatat hadir"),
    Stage("uncertified", "belum-bersertifikat", "Hadir tanpa sertifikat"),
    Stage("certified_absent", "sertifikat-tanpa-hadir", "Bersertifikat tanpa hadir"),
    Stage("unpaid", "belum-dibayar", "Hadir, belum dibayar"),
    Stage("paid_absent", "dibayar-tanpa-hadir", "Dibayar tanpa hadir"),
)
BY_SLUG = {stage.slug: stage for stage in (*STAGES, *GAPS)}
# Nobody should be there.
WRONG = frozenset({"certified_absent", "paid_absent", "came_after_all"})

_SENTENCES = {
    "elsewhere": "ketua RT dari wilayah ini mendapat tempat di gelombang lain, jadi hanya terhitung dalam sasaran.",
    "unplaced": "ketua RT belum masuk gelombang mana pun, karena wilayahnya belum dibagikan.",
    "stranded": "ketua RT masih tercatat di gelombang yang dibatalkan dan belum dialihkan.",
    "from_outside": "orang mendapat tempat walaupun RT-nya di luar wilayah sasaran: dipindahkan ke sini, atau tamu "
    "yang kemudian dicocokkan.",
    "continued": "orang dari luar wilayah sasaran mendapat tempat sebagai susulan, karena tidak hadir di "
    "gelombang sebelumnya.",
    "vacant": "tempat masih atas nama ketua yang tidak lagi menjabat, dan RT-nya belum mempunyai ketua baru.",
    "waiting": "ketua RT sudah masuk wilayah gelombang tetapi belum diundang: undangan belum dibuka, atau mereka "
    "tercatat sesudahnya.",
    "held_back": "orang sudah mempunyai tempat, tetapi undangan gelombangnya belum dibuka.",
    "untold": "orang diundang tetapi belum diberi tahu: pesannya masih antre, gagal, atau suratnya belum diserahkan.",
    "unanswered": "orang yang diundang belum menjawab.",
    "unannounced": "orang hadir walaupun tidak menjawab.",
    "pending": "orang belum dihitung hadir atau tidak hadir, karena gelombangnya belum selesai.",
    "continued_on": "orang dilanjutkan ke gelombang lain; dalam angka program mereka dihitung di sana.",
    "came_after_all": "orang sudah dilanjutkan ke gelombang lain, tetapi kemudian tercatat hadir di sini. Periksa "
    "daftar hadirnya.",
    "uncertified": "orang hadir tetapi tidak memegang sertifikat: kehadirannya belum cukup, atau sertifikatnya belum "
    "diterbitkan atau sudah dicabut.",
    "certified_absent": "orang memegang sertifikat tetapi tidak tercatat hadir. Periksa daftar hadirnya.",
    "unpaid": "orang hadir tetapi pembayarannya belum dicatat.",
    "paid_absent": "orang tercatat dibayar tetapi tidak tercatat hadir. Periksa daftar hadirnya.",
}
_OF_A_CANCELLED_WAVE = {
    "pending": "orang tidak dihitung hadir atau tidak hadir, karena gelombangnya dibatalkan.",
    "from_outside": "orang masih tercatat di sini; wilayahnya sudah dibebaskan untuk gelombang lain.",
}


@dataclass(frozen=True)
class Remark:
    """Why two numbers differ: `number` people (a link to them), then `words`."""

    stage: Stage
    number: int
    words: str
    is_wrong: bool


def remarks(subject: Subject, numbers: Numbers) -> list[Remark]:
    """Each difference there is, with its reason."""
    other = _OF_A_CANCELLED_WAVE if isinstance(subject, Wave) and subject.is_cancelled else {}
    return [
        Remark(gap, number, other.get(gap.name) or _SENTENCES[gap.name], gap.name in WRONG)
        for gap in GAPS
        if (number := getattr(numbers, gap.name))
    ]
