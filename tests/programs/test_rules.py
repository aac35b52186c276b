import pytest

from programs.rules import seats_sentence


@pytest.mark.parametrize(
    ("counts", "seats_per_head", "capacity", "sentence"),
    [
        ([143, 123, 71], 1, 350, "143 + 123 + 71 = 337 ketua RT dari 350 kursi"),
        ([1200], 1, 1500, "1.200 ketua RT dari 1.500 kursi"),
        ([0, 71, 0], 1, 350, "71 ketua RT dari 350 kursi"),
        ([0], 1, 350, "0 ketua RT dari 350 kursi"),
        ([143, 71], 1, None, "143 + 71 = 214 ketua RT"),
        ([1000, 650], 2, 3300, "1.000 + 650 = 1.650 ketua RT, bersama pendamping 3.300 orang dari 3.300 kursi"),
        ([], 1, 350, "Belum ada wilayah yang dipilih."),
    ],
)
def test_the_sum_is_said_as_officials_write_it(counts, seats_per_head, capacity, sentence):
    assert seats_sentence(counts, seats_per_head, capacity) == sentence
