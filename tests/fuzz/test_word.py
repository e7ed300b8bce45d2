"""The quick part of the fuzzing, and the Word files of others: a verdict or a clear message, in time."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from duibiao.service import Service

from . import word
from .mutation import mutant

SHARE, SHARES = os.environ["SHARE"], 4
NUMBERS = range(320) if SHARE == "all" else range(int(SHARE) % SHARES, 320, SHARES)
"""A quarter of the mutants, another one each day; SHARE=all in the environment looks at all of them."""

CORPUS = word.ROOT.parent / "shared" / "corpus" / "word"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[word.Result]]:
    folder = tmp_path_factory.mktemp("mutants")
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(1, context, word.prepare, (folder,)) as pool:
        yield list(pool.map(word.check_mutant, NUMBERS, chunksize=4))


def test_no_mutant_breaks_the_promise(results: list[word.Result]) -> None:
    broken = [f"{result.what}\n{result.broken}" for result in results if result.broken]
    assert not broken, "\n".join(broken)


def test_no_mutant_crashes_a_rule(results: list[word.Result]) -> None:
    crashed = [f"{result.what}: {crash}" for result in results for crash in result.crashed]
    assert not crashed, "\n".join(crashed)


def test_the_mutants_are_of_all_kinds(results: list[word.Result]) -> None:
    ends = Counter(result.end for result in results)
    least = len(results) // 16
    assert min(ends["无法读取"], ends["不通过"], ends["需人工核实"]) > least, ends


def test_a_mutant_is_told_by_its_number_alone() -> None:
    seeds = [path.read_bytes() for path in word.SEEDS]
    assert [mutant(seeds, number) for number in range(5)] == [
        mutant(seeds, number) for number in range(5)
    ]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus")
def test_the_word_files_of_others(tmp_path: Path) -> None:
    service = Service()
    files = sorted(CORPUS.glob("*.docx"))
    assert len(files) > 50
    results = [
        word.check(service, path.name, path.read_bytes(), tmp_path / path.name) for path in files
    ]
    assert not [f"{result.what}: {result.broken}" for result in results if result.broken]
    assert not [f"{result.what}: {result.crashed}" for result in results if result.crashed]
