"""Whoever guesses is slowed down; whoever has a code comes in, however many others guess."""

from django.test import RequestFactory

from rtportal.web.guessing import MANY_IN_ALL, MOST_FROM_ONE, MOST_IN_ALL, MOST_WHILE_MANY, may_guess, note_wrong_guess


def at(address: str):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def guess(address: str, times: int = 1) -> None:
    for _ in range(times):
        note_wrong_guess(at(address), "code")


def others_guess() -> None:
    for number in range(MANY_IN_ALL):
        guess(f"198.51.100.{number}")


def test_who_guesses_wrongly_too_often_waits_and_others_do_not():
    guess("203.0.113.9", MOST_FROM_ONE - 1)
    assert may_guess(at("203.0.113.9"), "code")
    guess("203.0.113.9")
    assert not may_guess(at("203.0.113.9"), "code")
    assert may_guess(at("203.0.113.10"), "code")
    assert may_guess(at("203.0.113.9"), "check")


def test_after_very_many_wrong_guesses_of_others_an_honest_visitor_still_gets_in():
    others_guess()
    assert may_guess(at("203.0.113.9"), "code")
    assert may_guess(at("2001:db8::1"), "code")


def test_and_whoever_mistyped_has_three_tries_instead_of_fifteen():
    guess("203.0.113.9", MOST_WHILE_MANY)
    guess("203.0.113.10", MOST_WHILE_MANY - 1)
    assert may_guess(at("203.0.113.9"), "code")
    others_guess()
    assert not may_guess(at("203.0.113.9"), "code")
    assert may_guess(at("203.0.113.10"), "code")


def test_so_many_as_no_crowd_mistypes_close_the_door_for_an_hour():
    guess("203.0.113.9", MOST_IN_ALL - 1)
    assert may_guess(at("203.0.113.10"), "code")
    guess("203.0.113.9")
    assert not may_guess(at("203.0.113.10"), "code")
    assert may_guess(at("203.0.113.10"), "check")


def test_guesses_from_all_addresses_of_one_line_are_those_of_one_visitor():
    for number in range(MOST_FROM_ONE):
        guess(f"2001:db8:0:1::{number:x}")
    assert not may_guess(at("2001:db8:0:1:ffff::1"), "code")
    assert may_guess(at("2001:db8:0:2::1"), "code")
