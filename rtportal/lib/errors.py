"""What every helper raises when somebody typed or uploaded something that cannot be used."""


class InputError(ValueError):
    """A refusal with one plain Indonesian sentence in `.sentence`, fit to be shown to the person."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence
