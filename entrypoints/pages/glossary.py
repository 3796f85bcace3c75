"""The glossary: what the words of these pages mean."""

from flask import Blueprint, render_template

from entrypoints.access import PUBLIC, allowed
from entrypoints.glossary import every

pages = Blueprint("glossary", __name__)


@pages.get("/help")
@allowed(PUBLIC)
def index() -> str:
    """Every word with what it means, by the alphabet."""
    return render_template("pages/help.html", terms=every())
