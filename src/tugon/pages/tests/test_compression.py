import gzip

from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from tugon.pages.compression import CompressionMiddleware

PAGE = "<p>Fifty rows of nearly the same</p>" * 50


def answered(response, **headers):
    return CompressionMiddleware(lambda request: response)(RequestFactory(headers=headers).get("/"))


def test_a_page_leaves_compressed_where_the_browser_takes_it():
    response = answered(HttpResponse(PAGE), accept_encoding="gzip, br")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == PAGE


def test_a_page_leaves_as_it_is_where_nothing_is_said():
    assert answered(HttpResponse(PAGE)).content.decode() == PAGE


def test_files_are_left_alone(tmp_path):
    path = tmp_path / "log.txt"
    path.write_text(PAGE)
    with path.open("rb") as file:
        response = answered(FileResponse(file, content_type="text/html"), accept_encoding="gzip")
        assert "Content-Encoding" not in response.headers
        assert int(response.headers["Content-Length"]) == len(PAGE)


def test_a_picture_is_left_alone():
    response = answered(HttpResponse(b"x" * 5000, content_type="image/png"), accept_encoding="gzip")
    assert "Content-Encoding" not in response.headers
