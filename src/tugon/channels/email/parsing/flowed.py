"""format=flowed put back together (RFC 3676): a line that ends with a space goes on in the next."""

_SIGNATURE = "-- "


def unflow(text: str, *, delsp: bool = False) -> str:
    """Paragraphs as the writer typed them, quoted ones with their marks. delsp: the space at the end is no space."""
    out: list[str] = []
    paragraph: list[str] = []
    depth = 0

    def close() -> None:
        if paragraph:
            out.append((">" * depth + " " if depth else "") + "".join(paragraph))
            paragraph.clear()

    for line in text.split("\n"):
        bare = line.lstrip(">")
        marks = len(line) - len(bare)
        bare = bare[1:] if bare.startswith(" ") else bare
        if marks != depth or bare == _SIGNATURE:
            close()
            depth = marks
        if bare == _SIGNATURE or not bare.endswith(" "):
            paragraph.append(bare)
            if not paragraph[-1] and len(paragraph) == 1:
                out.append(">" * depth)
                paragraph.clear()
            close()
        else:
            paragraph.append(bare[:-1] if delsp else bare)
    close()
    return "\n".join(out)
