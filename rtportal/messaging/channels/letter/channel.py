"""A printed letter, handed out by the kelurahan/desa: reaches everybody who lives somewhere."""

from rtportal.messaging.channels.base import ByHand, Person


class LetterChannel(ByHand):
    name = "letter"
    label = "Surat"

    def address_of(self, person: Person) -> str:
        return person.place.strip()[:254]


channel = LetterChannel()
