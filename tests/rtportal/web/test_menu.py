"""The frame of every page for officials."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from rtportal.accounts.models import Assignment
from rtportal.lib import clock
from rtportal.messaging.models import ChannelState
from rtportal.web.menu import MENU, frame, menu_for, office_of, troubles_for
from tests import factories

pytestmark = pytest.mark.django_db


def page(user, path="/program/"):
    request = RequestFactory().get(path)
    request.user = user
    return render_to_string("base.html", request=request)


def test_the_rail_says_eight_words_in_their_order():
    words = "Beranda · Program · Kalender · Ketua RT · Narasumber · Pesan · Berkas · Pengaturan"
    assert " · ".join(item["label"] for item in menu_for("/")) == words


def test_on_a_phone_five_words_stay_and_the_others_are_below_lainnya():
    assert [entry.label for entry in MENU if entry.is_on_phone] == [
        "Beranda",
        "Program",
        "Kalender",
        "Ketua RT",
        "Pesan",
    ]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Beranda"),
        ("/program/7/pengingat/", "Program"),
        ("/gelombang/3/agenda/", "Program"),
        ("/kalender/", "Kalender"),
        ("/ketua-rt/impor/2/", "Ketua RT"),
        ("/narasumber/tambah/", "Narasumber"),
        ("/kotak-masuk/", "Pesan"),
        ("/ekspor/roster/", "Berkas"),
        ("/tempat/4/ubah/", "Pengaturan"),
    ],
)
def test_one_word_is_marked_as_the_one_you_are_under(path, label):
    assert [item["label"] for item in menu_for(path) if item["is_current"]] == [label]


def test_an_address_of_no_word_marks_none():
    assert not any(item["is_current"] for item in menu_for("/akun/kata-sandi/"))


def test_the_page_itself_and_a_page_below_it_are_marked_differently():
    factories.regions()
    user = factories.user()
    assert 'href="/program/" aria-current="page"' in page(user, "/program/")
    assert 'href="/program/" aria-current="true"' in page(user, "/program/7/")


def test_the_top_bar_names_the_region():
    factories.regions()
    assert "Kabupaten Tabalong" in page(factories.user())


def test_more_than_one_region_is_counted():
    factories.regions()
    user = factories.user()
    Assignment.objects.create(user=user, role="viewer", region_id=factories.JAMBI)
    assert office_of(user) == "Kota Jambi dan 1 wilayah lain"


def test_nobody_and_someone_without_a_task_have_no_region():
    assert office_of(AnonymousUser()) == ""
    assert office_of(factories.user(region=None)) == ""


def test_the_frame_costs_two_queries_and_whoever_schedules_one_more(django_assert_num_queries):
    factories.regions()
    viewer, official = factories.user(role="viewer"), factories.user()
    with django_assert_num_queries(2):
        page(viewer)
    with django_assert_num_queries(3):
        page(official)


def test_a_fragment_that_shows_no_frame_asks_nothing(django_assert_num_queries):
    factories.regions()
    request = RequestFactory().get("/")
    request.user = factories.user()
    with django_assert_num_queries(0):
        frame(request)


def test_whoever_schedules_is_told_what_does_not_work(django_assert_num_queries):
    ChannelState.objects.create(channel="email", unavailable_since=clock.now(), detail="Kata sandi ditolak.")
    factories.regions()
    assert "Kata sandi ditolak." in page(factories.user())
    for role in ("viewer", "village_operator"):
        assert "Kata sandi ditolak." not in page(factories.user(role=role))
    assert "Kata sandi ditolak." not in page(AnonymousUser())
    official = factories.user()
    with django_assert_num_queries(2):
        assert troubles_for(official)


def test_while_all_is_well_there_is_no_banner():
    factories.regions()
    assert "Gangguan" not in page(factories.user())
