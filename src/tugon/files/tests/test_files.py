import io

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client
from PIL import Image

from tugon.company import operations as company
from tugon.files import operations
from tugon.files.errors import EmptyFile, FileTooLarge, FileTypeRefused
from tugon.files.models import StoredFile, Upload
from tugon.files.sweeping import sweep_uploads

pytestmark = pytest.mark.django_db


def png(width: int = 3, height: int = 2) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_same_bytes_are_kept_once():
    first, second = operations.store(png()), operations.store(png())
    assert first == second
    assert StoredFile.objects.count() == 1
    assert (first.media_type, first.width, first.height) == ("image/png", 3, 2)


def test_the_content_decides_the_type_and_not_the_name():
    row = operations.store(png(), claimed_type="application/pdf", name="report.pdf")
    assert row.media_type == "image/png"


def test_a_program_is_refused_whatever_it_is_called():
    with pytest.raises(FileTypeRefused):
        operations.upload(b"MZ" + b"\0" * 100, name="holiday.jpg", owner="agent:1")
    assert not Upload.objects.exists()


def test_empty_and_too_large_files_are_refused_in_words():
    with pytest.raises(EmptyFile, match="is empty"):
        operations.upload(b"", name="a.txt", owner="agent:1")
    with pytest.raises(FileTooLarge, match="at most 1 kB"):
        operations.upload(b"x" * 2000, name="a.txt", owner="agent:1", limit=1000)


def test_the_company_decides_what_is_taken(ada):
    company.decide("upload_types", value="png, pdf", by=ada.actor)
    company.decide("upload_megabytes", value=1, by=ada.actor)
    operations.upload(png(), name="a.png", owner="agent:1")
    with pytest.raises(FileTypeRefused):
        operations.upload(b"plain words that are no picture", name="a.png.txt", owner="agent:1")
    with pytest.raises(FileTooLarge):
        operations.upload(b"x" * 1_200_000, name="a.pdf", owner="agent:1")


def test_nobody_takes_anothers_upload():
    row = operations.upload(b"words", name="a.txt", owner="customer:1")
    assert operations.take([row.token], owner="customer:2") == []
    assert operations.take([row.token], owner="customer:1") == [row]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\a.png", "a.png"),
        ("\x00\n", "file"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_a_file_name_loses_its_path_and_its_tricks(given, kept):
    assert operations.safe_name(given) == kept


def test_an_upload_is_seen_only_by_the_session_that_sent_it():
    mine, other = Client(), Client()
    answer = mine.post("/files/uploads", {"file": SimpleUploadedFile("a.png", png())})
    assert answer.status_code == 201
    url = answer.json()["url"]
    assert mine.get(url).status_code == 200
    assert mine.get(url)["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert other.get(url).status_code == 404
    assert mine.delete(url).status_code == 204
    assert mine.get(url).status_code == 404


def test_mark_up_is_saved_and_never_shown():
    mine = Client()
    url = mine.post(
        "/files/uploads", {"file": SimpleUploadedFile("a.html", b"<html><script>1</script>")}
    ).json()["url"]
    answer = mine.get(url)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_upload_without_a_file_is_refused_in_words():
    answer = Client().post("/files/uploads")
    assert answer.status_code == 422
    assert "no file" in answer.json()["error"]


def test_uploads_nobody_took_are_swept(django_assert_max_num_queries):
    row = operations.upload(b"words", name="a.txt", owner="customer:1")
    assert sweep_uploads() == 0
    Upload.objects.filter(pk=row.pk).update(created_at="2020-01-01T00:00Z")
    assert sweep_uploads() == 1


def test_who_sends_no_cookie_back_is_held_by_the_network_address(settings):
    settings.ACCOUNT_RATE_LIMITS = {"upload": "2/h/ip"}
    sent = [
        Client()
        .post("/files/uploads", {"file": SimpleUploadedFile(f"{number}.png", png(number, 1))})
        .status_code
        for number in (1, 2, 3)
    ]
    assert sent == [201, 201, 429]


def test_a_file_too_large_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr(operations, "largest", lambda: 10)
    monkeypatch.setattr(InMemoryUploadedFile, "read", None)
    given = io.BytesIO(b"x" * 11)
    given.name = "a.txt"
    answer = client.post("/files/uploads", {"file": given})
    assert (answer.status_code, "at most" in answer.json()["error"]) == (422, True)
