"""`python -m geoposture`: the same as the command `geoposture`."""

from .cli import main

main()
