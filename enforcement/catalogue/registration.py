"""What the catalogues tell the platform and the cases when the programme starts."""


def register() -> None:
    """Nothing yet."""
