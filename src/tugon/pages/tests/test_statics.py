from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tugon.pages import statics
from tugon.pages.statics import StaticFiles


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(statics, "DIST", tmp_path)
    return tmp_path


def answer(server: StaticFiles, name: str) -> int:
    return server(RequestFactory().get(f"/static/dist/{name}")).status_code


def test_a_file_built_under_the_running_server_is_found_and_one_that_is_gone_is_not_there(built: Path):
    server = StaticFiles(lambda _request: HttpResponse(status=404))
    assert answer(server, "portal-NEWNEW12.css") == 404
    (built / "portal-NEWNEW12.css").write_text("body{}")
    assert answer(server, "portal-NEWNEW12.css") == 200
    (built / "portal-NEWNEW12.css").unlink()
    assert answer(server, "portal-NEWNEW12.css") == 404


@pytest.mark.parametrize("name", ["../settings.py", "..%2fsettings.py", "", "a/b.css", "../../../etc/passwd"])
def test_nothing_beside_the_built_files_is_served(built: Path, name: str):
    (built.parent / "settings.py").write_text("x")
    assert answer(StaticFiles(lambda _request: HttpResponse(status=404)), name) == 404
