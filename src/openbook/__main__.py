"""`python -m openbook` is `openbook`."""

from openbook.cli import main

main()
