"""Every known answer of the Pusher signatures, computed by Apex code through Crypto."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.library import load_library
from sfgen.apex.runtime.execution import Execution, enter

_APEX = """
public class Signatures {
    public static String mac(String text, String secret) {
        return EncodingUtil.convertToHex(
            Crypto.generateMac('HmacSHA256', Blob.valueOf(text), Blob.valueOf(secret))
        );
    }
    public static String digest(String text) {
        return EncodingUtil.convertToHex(Crypto.generateDigest('MD5', Blob.valueOf(text)));
    }
    public static String sharedSecret(String channel, String masterBase64) {
        String joined = EncodingUtil.convertToHex(Blob.valueOf(channel))
            + EncodingUtil.convertToHex(EncodingUtil.base64Decode(masterBase64));
        return EncodingUtil.base64Encode(
            Crypto.generateDigest('SHA-256', EncodingUtil.convertFromHex(joined))
        );
    }
}
"""
_ANSWERS = Path(__file__).parent / "pusher_vectors.json"
VECTORS = json.loads(_ANSWERS.read_text("utf-8"))


@pytest.fixture(scope="module")
def program() -> Program:
    load_library()
    loaded = Program(compile_sources({"Signatures.cls": _APEX}))
    assert not loaded.problems
    return loaded


def _call(program: Program, method: str, *arguments: str) -> str:
    with enter(Execution(program=program)):
        names = [name for name in program.namespace if name.startswith(f"signatures__m_{method}")]
        answer: str = program.namespace[names[0]](*arguments)
    return answer


def _of(*kinds: str) -> list[dict[str, str]]:
    return [vector for vector in VECTORS if vector["kind"] in kinds]


def test_there_are_answers_of_every_kind() -> None:
    kinds = {vector["kind"] for vector in VECTORS}
    assert kinds == {"channel_auth", "user_auth", "rest", "shared_secret"}


@pytest.mark.parametrize("vector", _of("channel_auth", "user_auth"), ids=lambda each: each["id"])
def test_channel_and_user_signatures(program: Program, vector: dict[str, str]) -> None:
    made = _call(program, "mac", vector["string_to_sign"], vector["secret"])
    assert f"{vector['key']}:{made}" == vector["auth"]


@pytest.mark.parametrize("vector", _of("rest"), ids=lambda each: each["id"])
def test_request_signatures(program: Program, vector: dict[str, str]) -> None:
    made = _call(program, "mac", vector["string_to_sign"], vector["secret"])
    assert made == vector["auth_signature"]
    assert _call(program, "digest", vector["body"]) == vector["body_md5"]


@pytest.mark.parametrize("vector", _of("shared_secret"), ids=lambda each: each["id"])
def test_shared_secrets(program: Program, vector: dict[str, str]) -> None:
    made = _call(program, "sharedsecret", vector["channel"], vector["master_key_base64"])
    assert made == vector["shared_secret"]
