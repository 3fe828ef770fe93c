import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tugon.company.models import Setting
from tugon.lib import secrets
from tugon.meaning.choosing import Choice, chosen, decided
from tugon.meaning.embedders import MeaningUnavailable
from tugon.meaning.endpoint import Endpoint


class Service(BaseHTTPRequestHandler):
    """Answers as OpenAI does: a vector of two numbers per text, in whatever order."""

    asked: list = []
    behave = "well"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, self.headers.get("Authorization"), body))
        rows = [{"index": at, "embedding": [len(text), 1.0]} for at, text in enumerate(body["input"])]
        answers = {
            "well": json.dumps({"data": rows[::-1]}),
            "short": json.dumps({"data": rows[:-1]}),
            "wide": json.dumps({"data": [{"index": 0, "embedding": [1, 2, 3]}]}),
            "noise": "<html>" * 1000,
            "nan": '{"data": [{"index": 0, "embedding": [NaN, 1]}]}',
            "deep": "[" * 100_000,
        }
        if self.behave == "slow":
            time.sleep(1.2)
        status = {"refuse": 401, "lead away": 302}.get(self.behave, 200)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        content = answers.get(self.behave, answers["well"]).encode()
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    Service.asked, Service.behave = [], "well"
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_the_endpoint_is_asked_as_openai_is_and_its_vectors_are_put_in_order(service):
    endpoint = Endpoint(service, model="small", key="secret")
    vectors = endpoint.passages(["abc", ""])
    path, key, body = Service.asked[-1]
    assert (path, key, body) == (
        "/v1/embeddings",
        "Bearer secret",
        {"model": "small", "input": ["abc", " "]},
    )
    assert vectors[0] == pytest.approx([3 / 10**0.5, 1 / 10**0.5], abs=1e-6)
    assert (endpoint.model, endpoint.dimension) == ("endpoint/small", 2)


def test_a_model_of_the_e5_kind_is_told_what_is_asked_and_what_is_found(service):
    endpoint = Endpoint(service, model="multilingual-e5-large", key="")
    endpoint.queries(["refund"])
    assert Service.asked[-1][2]["input"] == ["query: refund"]
    assert Service.asked[-1][1] is None


@pytest.mark.parametrize("manner", ["short", "wide", "noise", "nan", "deep", "refuse", "lead away", "slow"])
def test_an_endpoint_that_misbehaves_gives_no_vectors_and_no_crash(service, manner):
    endpoint = Endpoint(service, model="small", key="secret")
    Service.behave = manner
    with pytest.raises(MeaningUnavailable):
        endpoint.queries(["refund"])
    assert all(path == "/v1/embeddings" for path, _key, _body in Service.asked)


@pytest.mark.django_db
def test_the_company_decides_on_an_endpoint_and_its_key_is_kept_sealed(service):
    Setting.objects.create(key="meaning_address", value=service)
    Setting.objects.create(key="meaning_model", value="small")
    Setting.objects.create(key="meaning_key", value=secrets.seal("secret"))
    assert chosen(decided()).model == "endpoint/small"
    assert Service.asked[-1][1] == "Bearer secret"


@pytest.mark.django_db
def test_nothing_is_sent_anywhere_until_a_company_decides(monkeypatch):
    assert decided().address == ""
    monkeypatch.setenv("TUGON_MEANING", "off")
    with pytest.raises(MeaningUnavailable, match="off"):
        chosen(decided())


def test_a_folder_without_a_model_is_refused_in_words(tmp_path):
    with pytest.raises(MeaningUnavailable):
        chosen(Choice(folder=str(tmp_path)))
