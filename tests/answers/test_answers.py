from __future__ import annotations

from pathlib import Path

import pytest

from sfgen.answers import (
    QUESTIONS,
    check_answer,
    complete_answers,
    explain_partial,
    parse_answers_file,
    parse_settings,
    read_environment,
    write_answers_file,
)
from sfgen.answers.combinations import COMPONENT_STEMS, PROJECT_NAMES
from sfgen.answers.record_objects import RECORD_OBJECTS
from sfgen.errors import AnswerError, UsageError
from sfgen.metadata import types
from sfgen.naming import STRICT_FOLDERS

ROOT = Path(__file__).resolve().parents[2]


def test_defaults_answer_every_question() -> None:
    answers = complete_answers().as_dict()
    assert list(answers) == [question.name for question in QUESTIONS]
    for question in QUESTIONS:
        assert question.refuse(answers[question.name]) is None


def test_stronger_sources_win() -> None:
    answers = complete_answers({"prefix": "Flag"}, {"prefix": "File", "api_version": "66.0"})
    assert answers["prefix"] == "Flag"
    assert answers["api_version"] == "66.0"


def test_many_choices_take_the_order_of_the_question() -> None:
    answers = complete_answers({"channels": "presence, private"})
    assert answers["channels"] == "private,presence"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("prefix", "class", "reserved word"),
        ("prefix", "Dml", "DmlException is a class of the platform"),
        ("prefix", "A" * 41, "at most 13"),
        ("prefix", "A__b", "two underscores"),
        ("prefix", "A_", "end with an underscore"),
        ("prefix", "Pushér", "expected a letter"),
        ("prefix", "{{ x }}", "expected a letter"),
        ("package_dir", "../../evil", "stays inside"),
        ("project_name", "a'b", "expected letters"),
        ("api_version", "68", "expected a version"),
        ("api_version", "60.0", "expected a version"),
        ("api_version", "69.0", "expected a version"),
        ("bridge", "iframe", "expected one of visualforce, direct"),
        ("channels", "", "expected one or more"),
        ("channels", "private,private", "twice"),
        ("user_channel", "user", "expected {userId} once"),
        ("user_channel", "user {userId}", "expected letters"),
        ("public_channel", "private-x", "can't start with"),
        ("pusher_host", "https://x", "without scheme"),
        ("pusher_port", "0", "expected a port"),
        ("external_url", "http://x.example.com", "https URL"),
        ("external_url", "https://x.example.com/'", "without spaces"),
        ("external_url", "https://x.example.com/", "trailing slash"),
        ("nonsense", "x", "no such question"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_question(name: str, value: str, reason: str) -> None:
    with pytest.raises(AnswerError) as caught:
        complete_answers({name: value})
    assert caught.value.message.startswith(f"{name}: ")
    assert reason in caught.value.message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"authorization": "none"}, "authorization"),
        ({"channels": "public"}, "authorization"),
        ({"authorization": "named-credential"}, "login"),
        ({"login": "none"}, "login"),
        ({"authorization": "apex"}, "login"),
        ({"authorization": "apex", "login": "none", "store": "external"}, "login"),
        ({"package_dir": "admin"}, "package_dir"),
        ({"project_name": "pusherChat"}, "project_name"),
    ],
)
def test_answers_that_can_not_go_together_are_refused(
    answers: dict[str, str], question: str
) -> None:
    with pytest.raises(AnswerError) as caught:
        complete_answers(answers)
    assert caught.value.question == question
    assert caught.value.hint


def test_an_answers_file_keeps_texts_as_texts() -> None:
    text = 'api_version = "62.0"\nchannels = ["private", "presence"]\n'
    assert parse_answers_file(text, "a.toml") == {
        "api_version": "62.0",
        "channels": "private,presence",
    }


@pytest.mark.parametrize("text", ["api_version = 62.0", "pusher_port = 443"])
def test_a_number_in_an_answers_file_is_refused(text: str) -> None:
    with pytest.raises(AnswerError, match="expected a text in quotes"):
        parse_answers_file(text, "a.toml")


@pytest.mark.parametrize("key", ["app_secret", "access_token", "password", "encryption_master_key"])
def test_a_secret_in_an_answers_file_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_answers_file(f'{key} = "hunter2"', "a.toml")
    assert "hunter2" not in str(caught.value) + str(caught.value.hint)


def test_broken_toml_is_one_clear_line() -> None:
    with pytest.raises(UsageError, match="is not TOML"):
        parse_answers_file("prefix = Pusher", "a.toml")


def test_set_expects_key_and_value() -> None:
    assert parse_settings(["prefix=A=b"]) == {"prefix": "A=b"}
    with pytest.raises(UsageError, match="key=value"):
        parse_settings(["prefix"])


def test_the_environment_answers_by_question() -> None:
    assert read_environment({"SFGEN_PREFIX": "X", "SFGEN_OTHER": "y"}) == {"prefix": "X"}


def test_an_answers_file_reads_back_what_was_written() -> None:
    answers = complete_answers({"prefix": "Chat"}).as_dict()
    assert parse_answers_file(write_answers_file(answers), "x") == answers


def test_a_project_may_be_named_like_the_prefix() -> None:
    assert complete_answers({"project_name": "texting", "prefix": "Texting"})["prefix"] == "Texting"


def test_the_stems_of_components_are_those_of_the_pack() -> None:
    pack = ROOT / "templates" / "pusher" / "%[cookiecutter.project_name]%"
    source = pack / "%[cookiecutter.package_dir]%" / "main" / "%[cookiecutter.__camel]%"
    bundles = {b.name for kind in ("lwc", "aura") for b in source.glob(f"*/{kind}/*")}
    assert {name.rpartition("]%")[2].lower() for name in bundles} == COMPONENT_STEMS


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("api_version", "٦٨.0", "expected a version"),
        ("api_version", "\uff16\uff18.0", "expected a version"),
        ("api_version", "68.0\n", "expected a version"),
        ("external_url", "https://a.example.com/\x01", "plain characters"),
        ("external_url", "https://a.example.com/\x7f", "plain characters"),
        ("external_url", "https://a.example.com:0443", "expected a port"),
        ("external_url", "https://a.example.com:", "expected a port"),
        ("external_url", "https://a.example.com:70000", "expected a port"),
        ("external_url", "https://@a.example.com", "without query"),
        ("external_url", "https://a.example.com?", "without query"),
        ("external_url", "https://[::1", "https URL"),
        ("pusher_host", "ſalt.example.com", "without scheme"),  # noqa: RUF001 - a twin of s
        ("pusher_port", "٤٤٣", "expected a port"),
        ("pusher_port", "9" * 5000, "expected a port"),
        ("pusher_port", "0000", "expected a port"),
        ("pusher_cluster", "--", "expected a cluster"),
        ("package_dir", "lwc", "folder of a metadata type"),
        ("prefix", "Lwc", "folder of a metadata type"),
        ("prefix", "Con", "Windows refuses"),
        ("package_dir", "src/objects", "folder of a metadata type"),
        ("package_dir", "StaticResources/app", "folder of a metadata type"),
        ("package_dir", "src/node_modules", "tools leave out"),
        ("package_dir", "src/__tests__", "tools leave out"),
        ("record_object", "Task", "no object"),
        ("record_object", "Event", "no object"),
        ("record_object", "PersonAccount", "a person account is an Account"),
        ("record_object", "User", "no object"),
        ("record_object", "AccountHistory", "no object"),
        ("record_object", "OpportunityLineItem", "no object"),
        ("record_object", "contact", "did you mean Contact"),
        ("record_object", "Client__mdt", "two underscores"),
    ],
)
def test_what_would_break_the_project_is_no_answer(name: str, value: str, reason: str) -> None:
    with pytest.raises(AnswerError) as caught:
        complete_answers({name: value})
    assert caught.value.question == name
    assert reason in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.message.isascii()
    assert caught.value.hint


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ({"pusher_host": "ws.example.com", "pusher_tls": "no"}, "pusher_tls=yes"),
        ({"pusher_host": "localhost", "pusher_tls": "no"}, "pusher_tls=yes"),
        (
            {
                "api_version": "61.0",
                "login": "named-credential",
                "authorization": "named-credential",
            },
            "api_version=62.0",
        ),
        (
            {
                "api_version": "61.0",
                "login": "named-credential",
                "authorization": "apex",
                "store": "external",
            },
            "api_version=62.0",
        ),
        ({"record_object": "PusherConversation__c", "prefix": "Pusher"}, "such as"),
        ({"record_object": "acme__ChatMessage__c", "prefix": "Chat", "namespace": "acme"}, "such"),
        ({"package_dir": "README.md"}, "force-app"),
        ({"package_dir": "Config"}, "force-app"),
        ({"package_dir": "jenkinsfile/app"}, "force-app"),
    ],
)
def test_what_an_org_would_refuse_is_refused_when_asked(answers: dict[str, str], hint: str) -> None:
    with pytest.raises(AnswerError) as caught:
        complete_answers(answers)
    assert caught.value.hint is not None
    assert hint in caught.value.hint
    conflict = explain_partial(answers)
    assert conflict is not None
    assert conflict.hint == caught.value.hint


def test_a_port_is_written_without_its_zeros() -> None:
    assert complete_answers({"pusher_port": "0443"})["pusher_port"] == "443"


def test_custom_objects_are_taken_by_the_form_of_their_names() -> None:
    for name in ("Client__c", "acme__Client__c", *RECORD_OBJECTS):
        assert complete_answers({"record_object": name})["record_object"] == name


def test_an_answers_file_may_begin_with_the_mark_that_windows_writes() -> None:
    assert parse_answers_file('\ufeffprefix = "Chat"\n', "a.toml") == {"prefix": "Chat"}


def test_the_strict_folders_are_those_of_the_metadata_types() -> None:
    strict = {kind.folder.lower() for kind in types().by_name.values() if kind.strict}
    assert strict == STRICT_FOLDERS


def test_the_names_at_the_top_of_a_project_are_those_of_the_pack() -> None:
    pack = ROOT / "templates" / "pusher" / "%[cookiecutter.project_name]%"
    names = {path.name.lower() for path in pack.iterdir()}
    folders = {name for name in names if not name.startswith((".", "%"))}
    assert folders <= PROJECT_NAMES


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"store": "external", "login": "oauth"}, "store"),
        ({"beams": "yes"}, "beams"),
        ({"record_object": "Lead"}, "record_object"),
        ({"conversation_channel": "c-{conversationId}"}, "conversation_channel"),
        ({"channels": "private,presence"}, "channels"),
    ],
)
def test_the_bridge_alone_takes_no_answer_about_conversations(
    answers: dict[str, str], question: str
) -> None:
    with pytest.raises(AnswerError, match="widgets=none leaves") as caught:
        complete_answers({"widgets": "none", **answers})
    assert caught.value.message.startswith(question)
    assert explain_partial({"widgets": "none", **answers}) is not None


def test_none_goes_with_no_other_widget() -> None:
    assert complete_answers({"widgets": "none"})["widgets"] == "none"
    with pytest.raises(AnswerError, match="none goes with no other choice"):
        check_answer("widgets", "home,none")
