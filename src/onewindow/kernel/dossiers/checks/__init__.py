"""What a file must be before it becomes part of a dossier."""
