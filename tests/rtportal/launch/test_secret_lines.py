"""The keys that a server's settings are given."""

from rtportal import env
from rtportal.launch.secret_lines import secret_lines, setting_of


def names(lines: list[str]) -> list[str]:
    return [line.partition("=")[0] for line in lines]


def test_every_key_of_the_portal_has_a_variable_that_settings_read():
    made = env.read_or_make_secrets(env.VAR_DIR)
    assert made
    assert {setting_of(name) for name in made} <= set(env.KEY_NAMES)


def test_what_is_there_is_never_made_anew():
    everything = secret_lines(())
    assert secret_lines(names(everything)) == []
    assert names(secret_lines(("SECRET_KEY", "LINK_KEY"))) == [
        name for name in names(everything) if name not in {"SECRET_KEY", "LINK_KEY"}
    ]


def test_a_line_can_be_read_back():
    assert all(line.count("'") == 2 and "\n" not in line for line in secret_lines(()))
