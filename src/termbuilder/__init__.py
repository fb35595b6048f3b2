"""termbuilder: mines Chinese policy terms from real documents into a bilingual glossary, offline."""

__version__ = "0.1.0"
