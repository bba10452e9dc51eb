from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from documents.office_builders import docx, package
from documents.reading_aids import gaps_in, parts_of, texts_of


def tar(*members: tuple[str, bytes], link: str = "") -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo("l")
            info.type, info.linkname = tarfile.SYMTYPE, link
            archive.addfile(info)
    return whole.getvalue()


def test_members_are_documents_with_a_path_of_numbers_and_names_are_text() -> None:
    data = package({"a/Jan Peeters.txt": "een", "b.zip": package({"c.txt": "twee"})})
    found = {part.path: part.text for part in parts_of(data) if part.part == "body"}
    assert found == {(1,): "een", (2, 1): "twee"}
    assert "Jan Peeters" in texts_of(data)["names"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, bytes])
def test_tar_is_read_however_it_is_compressed(pack: type[bytes]) -> None:
    data = pack(tar(("a.txt", "één".encode()), ("b.txt", b"twee"), link="/etc/passwd"))
    assert texts_of(data)["body"] == "ééntwee"
    assert [reason for _, _, reason in gaps_in(data)] == ["link"]


def test_names_that_climb_out_of_the_archive_are_but_names(tmp_path: object) -> None:
    data = package({"../../../tmp/uit.txt": "tekst", "/absoluut.txt": "tekst"})
    assert [part.text for part in parts_of(data) if part.part == "body"] == ["tekst", "tekst"]


def test_a_bomb_is_told_by_what_really_comes_out_and_harms_no_neighbour() -> None:
    data = package({"bom.txt": b"0" * 20_000_000, "gewoon.txt": "tekst"})
    assert gaps_in(data) == [((1,), "document", "bomb")]
    assert texts_of(data)["body"] == "tekst"


def test_a_bomb_in_a_docx_or_in_gzip_is_told_too() -> None:
    blown = docx("<w:p/>" * 300_000)
    assert gaps_in(blown, ratio_from=100_000) == [((), "body", "bomb")]
    assert gaps_in(gzip.compress(b"0" * 20_000_000)) == [((), "document", "bomb")]


def test_bounds_of_depth_members_and_bytes_end_the_reading_with_their_reason() -> None:
    nested = b"bodem"
    for _ in range(12):
        nested = package({"x.zip": nested})
    assert [(len(path), reason) for path, _, reason in gaps_in(nested, depth=4)] == [(5, "too_deep")]
    many = package({f"{number}.txt": "x" for number in range(50)})
    assert gaps_in(many, members=10)[-1] == ((), "document", "too_many")
    assert len([part for part in parts_of(many, members=10) if part.part == "body"]) == 10
    assert gaps_in(many, unpacked_bytes=20)[-1][2] == "too_large"
    assert gaps_in(package({"a": b"x" * 5_000, "b": b"y"}), member_bytes=1_000) == [((1,), "document", "too_large")]


def test_a_directory_of_millions_is_refused_before_it_is_read() -> None:
    end = b"PK\x05\x06" + b"\0" * 8 + (2**31).to_bytes(4, "little") + b"\0" * 6
    assert gaps_in(b"PK\x03\x04" + b"\0" * 100 + end) == [((), "document", "too_many")]


def test_time_is_looked_at_between_parts() -> None:
    ticks = iter(range(10_000))
    data = package({f"{number}.txt": "x" for number in range(100)})
    found = gaps_in(data, seconds=50.0, clock=lambda: float(next(ticks)))
    assert found[-1][2] == "time_limit"


def test_members_with_a_password_or_damage_are_said_and_the_others_read() -> None:
    data = bytearray(package({"a.txt": "een", "b.txt": "twee"}))
    for place in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[place] |= 1
    assert gaps_in(bytes(data)) == [((1,), "document", "password")]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "onmiskenbaar")
        archive.writestr("b.txt", "tweede")
    wrong = whole.getvalue().replace(b"onmiskenbaar", b"onmiskenbaaR")
    assert gaps_in(wrong) == [((1,), "document", "damaged")]
    assert texts_of(wrong)["body"] == "tweede"


def test_a_tar_that_ends_too_early_or_is_damaged_in_the_middle_says_so() -> None:
    data = tar(("a.txt", b"x" * 600), ("b.txt", b"y" * 600))
    assert "damaged" in {reason for _, _, reason in gaps_in(data[:1700])}
    spoiled = data[:1536] + b"\xff" * 512 + data[2048:]
    assert "damaged" in {reason for _, _, reason in gaps_in(spoiled)}


def test_what_can_be_unpacked_of_a_cut_file_is_read() -> None:
    cut = gzip.compress(b"".join(b"regel %d\n" % number for number in range(20_000)))[:-2000]
    assert "regel 10\n" in texts_of(cut)["body"]
    assert ((), "document", "damaged") in gaps_in(cut)
