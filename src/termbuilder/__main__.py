"""`python -m termbuilder`."""

from termbuilder.cli import main

main()
