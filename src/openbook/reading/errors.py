"""What a reader raises when a file cannot be read at all."""


class Unreadable(Exception):
    """The file is encrypted, damaged, empty or of another kind. The message is for the user."""
