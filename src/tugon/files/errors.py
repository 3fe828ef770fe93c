from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Invalid


class FileTooLarge(Invalid):
    code = "file-too-large"
    words = _("{name} is {size}; a file may be at most {limit}. Send a smaller one or a link to it.")


class FileTypeRefused(Invalid):
    code = "file-type-refused"
    words = _(
        "{name} is a {media_type} file, which is not accepted here. Send a picture, a document or an archive."
    )


class EmptyFile(Invalid):
    code = "file-empty"
    words = _("{name} is empty. Choose the file again.")
