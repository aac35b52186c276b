"""Admins and officials at several heights, for what one may do to another."""

from types import SimpleNamespace

from tests import factories


def cast() -> SimpleNamespace:
    """An admin of the kabupaten, one of a kecamatan inside it, one elsewhere, one of the province, and officials."""
    factories.regions()
    return SimpleNamespace(
        admin=factories.user(role="admin", name="Ibu Admin", email="admin@tabalong.test"),
        colleague=factories.user(role="admin", name="Pak Rekan", email="rekan@tabalong.test"),
        below=factories.user(role="admin", region=factories.JARO, name="Pak Jaro", email="jaro@tabalong.test"),
        above=factories.user(role="admin", region="63", name="Bu Provinsi", email="provinsi@kalsel.test"),
        elsewhere=factories.user(role="admin", region=factories.JAMBI, name="Pak Jambi", email="admin@jambi.test"),
        official=factories.user(name="Siti Rahmah", email="siti@tabalong.test"),
        operator=factories.user(
            role="district_operator", region=factories.JARO, name="Budi", email="budi@tabalong.test"
        ),
    )
