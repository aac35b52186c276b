"""What every helper raises when somebody typed or uploaded something that cannot be used."""


class EnvError(ValueError):
    """An environment variable has a value the portal cannot work with; the text is a sentence for who set it."""


class InputError(ValueError):
    """A refusal with one plain Indonesian sentence in `.sentence`, fit to be shown to the person."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence
