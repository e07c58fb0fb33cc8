"""The start page's four doors: each of its first four sections becomes a door with a small drawing. The text stays Markdown."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from jinja2 import Environment
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

#: Drawings of partials/drawings.html, in the order of the doors.
DRAWINGS = ("hand", "lamp", "path", "talk")
#: After inline parsing (20) and before headings get their ids and the list of contents is made (5).
PRIORITY = 8


class Doors(Extension):
    """Python-Markdown extension for the start page."""

    def __init__(self, environment: Environment) -> None:
        super().__init__()
        self.environment = environment

    def extendMarkdown(self, md: Markdown) -> None:  # Python-Markdown's name
        """Called by Python-Markdown when it takes the extension in."""
        md.treeprocessors.register(_Sections(md, self.environment), "friyta_doors", PRIORITY)


class _Sections(Treeprocessor):
    def __init__(self, md: Markdown, environment: Environment) -> None:
        super().__init__(md)
        self.environment = environment

    def run(self, root: Element) -> None:
        children = list(root)
        starts = [number for number, child in enumerate(children) if child.tag == "h2"][: len(DRAWINGS) + 1]
        if len(starts) < 2:
            return
        ends = starts[1:] + ([len(children)] if len(starts) <= len(DRAWINGS) else [])
        doors = Element("div", {"class": "doors"})
        for drawing, first, last in zip(DRAWINGS, starts, ends, strict=False):
            door = SubElement(doors, "section", {"class": "door"})
            picture = self.environment.get_template("partials/drawings.html").render(drawing=drawing)
            door.text = self.md.htmlStash.store(picture.strip())
            for child in children[first:last]:
                root.remove(child)
                door.append(child)
        root.insert(starts[0], doors)
