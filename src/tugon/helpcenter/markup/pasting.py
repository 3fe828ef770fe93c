"""What word processors put on the clipboard, understood: their lists that are no lists, their tags of their own."""

from __future__ import annotations

import re

from .tree import Node

_OWN_TAGS = re.compile(r"</?[ovwxm]:[^<>]{0,300}>|<!\[[^<>]{0,80}\]>|<\?xml[^<>]{0,300}>", re.I)
_FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.S | re.I)
_LEVEL = re.compile(r"mso-list:[^;\"]{0,60}?level(\d)", re.I)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.I)
_NUMBERED = re.compile(r"^\W{0,2}(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)]")


def tidy(html: str) -> str:
    """Without Office's own tags; of a clipboard's document, the part that was marked as copied."""
    copied = _FRAGMENT.search(html) if "StartFragment" in html else None
    return _OWN_TAGS.sub("", copied[1] if copied else html)


def lists(node: Node) -> Node:
    """Word writes list items as paragraphs with a bullet typed in front: here they become lists. Changes the tree."""
    for child in node.elements():
        lists(child)
    if not any(_level(one) for one in node.elements()):
        return node
    children: list[Node | str] = []
    open_lists: list[Node] = []
    for one in node.children:
        level = _level(one) if isinstance(one, Node) else 0
        if isinstance(one, Node) and level:
            _add_item(one, level, open_lists, children)
        elif isinstance(one, Node) or one.strip():
            open_lists = []
            children.append(one)
    node.children = children
    return node


def _level(node: Node) -> int:
    """Of a paragraph that is an item of Word's, how deep: from 1. 0: it is none."""
    if node.tag != "p":
        return 0
    found = _LEVEL.search(node.attributes.get("style", ""))
    if found:
        return max(1, int(found[1]))
    return 1 if "MsoListParagraph" in node.attributes.get("class", "") and _marker(node) else 0


def _add_item(item: Node, level: int, open_lists: list[Node], children: list[Node | str]) -> None:
    marker = _marker(item)
    tag = "ol" if _NUMBERED.match(marker.strip()) else "ul"
    _drop_marker(item)
    del open_lists[level:]
    while len(open_lists) < level:
        new = Node(tag)
        if open_lists:
            last = open_lists[-1].elements()
            (last[-1] if last else open_lists[-1]).children.append(new)
        else:
            children.append(new)
        open_lists.append(new)
    open_lists[-1].children.append(Node("li", {}, item.children))


def _marker(item: Node) -> str:
    """The bullet or number that Word typed in front."""
    for one in item.walk():
        if _IGNORED.search(one.attributes.get("style", "")):
            return one.words().replace("\xa0", " ")
    return ""


def _drop_marker(node: Node) -> None:
    node.children = [
        one
        for one in node.children
        if isinstance(one, str) or not _IGNORED.search(one.attributes.get("style", ""))
    ]
    for one in node.elements():
        _drop_marker(one)
