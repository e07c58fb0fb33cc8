"""The QR code of a card: an address as a drawing that the strict policy lets through (no style, no image file). Pure."""

from __future__ import annotations

import segno
from markupsafe import Markup

#: Readers need four empty modules around the code (ISO/IEC 18004).
QUIET = 4


def qr_svg(address: str) -> Markup:
    """The code as inline SVG, dark on light whatever the page's colours. The same address gives the same bytes."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    drawing = code.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff")
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # made of numbers only
