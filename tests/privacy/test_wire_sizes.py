"""What somebody who sees the encrypted connection can tell of a conversation: its sizes, and how long answers took."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.serving import Server, built
from translations.locales import LOCALES

OPENINGS = {
    "sv": ("hej", "han slår mig och har kniv", "jag vill inte leva längre", "var får jag sova i natt?", "hur ansöker jag om hjälp i Farsta",
           "min pappa bestämmer vem jag får träffa", "jag slår min fru och vill sluta", "vad är klockan", "är det här gratis", "x"),
    "en": ("hello", "he hits me and has a knife", "I do not want to live any more", "where can I sleep tonight?", "how do I apply for help in Farsta",
           "my father decides whom I may see", "I hit my wife and want to stop", "what time is it", "is this free of charge", "x"),
    "ar": ("مرحبا", "يضربني ومعه سكين", "لا أريد أن أعيش", "أين أنام الليلة؟", "كيف أطلب المساعدة في فارستا",
           "أبي يقرر من أقابل", "أضرب زوجتي وأريد أن أتوقف", "كم الساعة", "هل هذا مجاني", "س"),
}  # fmt: skip
TAPS = ("say:more", "menu", "yes", "district:farsta", "who:other", "human", "say:easy")


@dataclass(frozen=True)
class Seen:
    """One answer as the wire shows it, and what it was."""

    size: int
    seconds: float
    status: int
    topic: str
    urgent: bool


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service as it is run: answers leave on their grid of time."""
    built()
    with Server(tmp_path_factory.mktemp("server"), answer_step_ms=40) as running:
        yield running


def on_wire(answer: httpx.Response) -> int:
    """Bytes of head and body. Encryption adds the same to each."""
    head = len(answer.reason_phrase) + sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return head + len(answer.content)


def step(client: httpx.Client, body: dict[str, object]) -> tuple[Seen, dict[str, object]]:
    """One message or choice by JSON."""
    begun = time.perf_counter()
    answer = client.post("/api/chat", json=body)
    seconds = time.perf_counter() - begun
    said = answer.json()
    return Seen(on_wire(answer), seconds, answer.status_code, said.get("topic", ""), bool(said.get("urgent"))), said


def dialogues(server: Server, number: int, seed: int = 1) -> list[Seen]:
    """The answers of so many dialogues of three steps in three languages: an opening in plain words, two taps or further words."""
    chance = random.Random(seed)
    seen = []
    with httpx.Client(base_url=server.base, timeout=30) as client:
        for at in range(number):
            lang = ("sv", "en", "ar")[at % 3]
            state: object = None
            for turn in range(3):
                tap = turn and chance.random() < 0.6
                words = {"choice": chance.choice(TAPS), "message": None} if tap else {"choice": None, "message": chance.choice(OPENINGS[lang])}
                found, said = step(client, {"lang": lang, "state": state, **words})
                state = said["state"]
                seen.append(found)
    return seen


def refusals(server: Server) -> list[httpx.Response]:
    """One answer of each kind of refusal."""
    with httpx.Client(base_url=server.base, timeout=30) as client:
        plain = {"content-type": "application/json"}
        return [
            client.post("/api/chat", content=b"{", headers=plain),
            client.post("/api/chat", json={"lang": "sv", "message": ["x"]}),
            client.post("/api/chat", json={"lang": "ar", "message": "x" * 3000}),
            client.post("/api/chat", json={"lang": "en", "message": "x", "choice": "menu"}),
            client.post("/api/chat", json={"lang": "xx", "message": "x"}),
            client.post("/api/chat", json={"lang": "sv", "message": "x" * 20_000}),
            client.post("/api/chat", content=b"x", headers={"content-type": "text/plain"}),
        ]


def test_answers_of_the_chat_have_at_most_two_sizes(server: Server) -> None:
    """If this fails the length of an answer tells who sees the wire whether somebody is in danger, or what was asked."""
    seen = dialogues(server, 60)
    assert {one.urgent for one in seen} == {True, False} and len({one.topic for one in seen}) > 8
    assert {one.status for one in seen} == {200}
    assert len({one.size for one in seen}) <= 2
    refused = refusals(server)
    assert min(answer.status_code for answer in refused) >= 400
    answered = len(server.ask({"lang": "sv", "message": "hej"}).content)
    assert len({answered, *(len(answer.content) for answer in refused)}) <= 2


def test_the_size_does_not_go_with_the_danger(server: Server) -> None:
    """If this fails there are few sizes, but one of them means danger."""
    sizes: dict[bool, set[int]] = defaultdict(set)
    for one in dialogues(server, 45, seed=2):
        sizes[one.urgent].add(one.size)
    assert sizes[True] == sizes[False]


def test_every_topic_by_form_has_at_most_two_sizes_in_each_language(server: Server) -> None:
    """If this fails the same without JavaScript. (The language itself shows: the frame of the page differs.)"""
    topics = [one["id"] for one in server.get("/api/topics").json()["topics"]]
    with httpx.Client(base_url=server.base, timeout=30) as client:
        for tag in LOCALES:
            answers = [client.post(f"/{tag}/chat", data={"choice": f"topic:{topic}"}) for topic in topics]
            answers += [client.post(f"/{tag}/chat", data={"message": text}) for text in (*OPENINGS["sv"], "", "x" * 3000)]
            assert len({len(answer.content) for answer in answers}) <= 2, tag


@pytest.mark.slow
def test_size_and_time_do_not_tell_danger_or_topic(server: Server) -> None:
    """If this fails a program that saw other conversations can sort this one by its sizes and times alone."""
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import cross_val_predict

    seen = dialogues(server, 400, seed=3)
    shape = np.array([[one.size, one.seconds] for one in seen])
    for wanted in (np.array([one.urgent for one in seen]), np.array([one.topic for one in seen])):
        names, counts = np.unique(wanted, return_counts=True)
        common = np.isin(wanted, names[counts >= 20])
        guess = cross_val_predict(RandomForestClassifier(200, min_samples_leaf=10, random_state=0), shape[common], wanted[common], cv=5)
        chance = counts.max() / common.sum()
        reached = float((guess == wanted[common]).mean())
        print(f"{len(names)} classes: guessed {reached:.3f}, by always saying the commonest {chance:.3f}")
        assert reached <= chance + 0.03


def test_the_form_sends_nothing_in_an_address(server: Server) -> None:
    """If this fails words of a message go through logs of routers and into the history."""
    for tag in LOCALES:
        page = server.get(f"/{tag}/chat").text
        assert f'method="post" action="/{tag}/chat"' in page
        assert "formaction" not in page and "formmethod" not in page
