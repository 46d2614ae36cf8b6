"""geoposture: what public reporting says about where troops are, when, and according to whom."""

__version__ = "0.1.0"
