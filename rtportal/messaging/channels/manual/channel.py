"""An operator opens the prepared message in WhatsApp on the own phone (wa.me) and marks it sent."""

from rtportal.messaging.channels.base import ByHand, Person


class ManualChannel(ByHand):
    name = "manual"
    label = "WhatsApp petugas"

    def address_of(self, person: Person) -> str:
        return person.phone.strip()


channel = ManualChannel()
