"""Random valid sets of answers."""

from __future__ import annotations

from hypothesis import strategies as st

from sfgen.answers.combinations import ACCESS, CONVERSATION_QUESTIONS, explain_combination
from sfgen.answers.questions import BY_NAME, QUESTIONS

TEXTS = {
    "project_name": ("pusher-messaging", "texting", "a.b_c-1"),
    "package_dir": ("force-app", "src/app"),
    "api_version": ("61.0", "66.0", "67.0", "68.0"),
    "prefix": ("Pusher", "Chat", "Px_1", "QqqqqqqqqqqqQ", "lower"),
    "namespace": ("", "acme"),
    "user_channel": ("user-{userId}", "u=@,.;{userId}"),
    "conversation_channel": ("conversation-{conversationId}", "{conversationId}_c"),
    "public_channel": ("my-channel", "news"),
    "record_object": ("Contact", "Lead", "Case", "Account"),
    "pusher_cluster": ("mt1", "eu"),
    "pusher_host": ("", "ws.example.com"),
    "pusher_port": ("443", "6001"),
    "install_from": (
        "sfgen==1.0.0",
        f"git+https://git.example.com/tools/sfgen.git@{'0a' * 20}",
    ),
    "external_url": ("https://texting.example.com", "https://a.example.com:8443/api"),
}


def _give(name: str) -> st.SearchStrategy[str]:
    question = next(question for question in QUESTIONS if question.name == name)
    if question.many:
        chosen = st.lists(st.sampled_from(question.choices), min_size=1, unique=True)
        return chosen.map(
            lambda parts: (
                question.alone
                if question.alone in parts
                else ",".join(c for c in question.choices if c in parts)
            )
        )
    return st.sampled_from(question.choices or TEXTS[name])


def _repair(answers: dict[str, str], access: tuple[str, str, str]) -> dict[str, str]:
    """Give answers an authorization, a login and a store that go together."""
    authorization, login, store = access
    channels = "public" if authorization == "none" else answers["channels"]
    if authorization != "none" and channels == "public":
        channels = "private"
    chosen = {"authorization": authorization, "login": login, "store": store, "channels": channels}
    return _leave_out({**answers, **chosen})


def _leave_out(answers: dict[str, str]) -> dict[str, str]:
    """Take back what asks for conversations where the bridge stands alone."""
    if answers["widgets"] != "none":
        return answers
    kinds = [kind for kind in answers["channels"].split(",") if kind != "presence"]
    usual = {name: BY_NAME[name].default for name in CONVERSATION_QUESTIONS}
    return {**answers, **usual, "channels": ",".join(kinds) or "private"}


ANSWERS = st.builds(
    _repair,
    st.fixed_dictionaries({question.name: _give(question.name) for question in QUESTIONS}),
    st.sampled_from(sorted(ACCESS)),
).filter(lambda answers: explain_combination(answers) is None)
