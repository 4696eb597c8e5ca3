"""The commands of `onewindow`: one module each; nothing of Django is imported before one of them runs."""
