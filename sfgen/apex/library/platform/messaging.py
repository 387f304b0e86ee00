"""Messaging: emails are counted and kept, never sent (Apex Reference Guide, Messaging)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_interface, platform_members
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.ids import is_id
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import ApexList

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.library.declarations.data_objects import DataObject

MESSAGING = platform_members("Messaging")


def _properties(text: str) -> tuple[str, str]:
    """Properties and their `getX`, `isX` and `setX` methods."""
    methods = []
    for each in filter(None, map(str.strip, text.split(";"))):
        kind, name = each.rsplit(None, 1)
        title = name[0].upper() + name[1:]
        methods += [
            f"{kind} {'is' if kind == 'Boolean' else 'get'}{title}() = {name}",
            f"{kind} get{title}() = {name}",
            f"void set{title}({kind} value) = {name}",
        ]
    return text, ";".join(methods)


data_class("Messaging.Email", *_properties(
    "Boolean bccSender; String replyTo; Boolean saveAsActivity; String senderDisplayName;"
    "String subject; Boolean useSignature; String emailPriority"
))  # fmt: skip
data_class("Messaging.EmailFileAttachment", *_properties(
    "Blob body; String contentType; String fileName; Boolean inline; Id id"
))  # fmt: skip
data_class(
    "Messaging.SingleEmailMessage",
    *_properties(
        "List<String> bccAddresses; List<String> ccAddresses; String charset;"
        "List<String> documentAttachments; List<String> entityAttachments;"
        "List<Messaging.EmailFileAttachment> fileAttachments; String htmlBody; String inReplyTo;"
        "String optOutPolicy; Id orgWideEmailAddressId; String plainTextBody; String references;"
        "Id targetObjectId; Id templateId; String templateName; List<String> toAddresses;"
        "Boolean treatBodiesAsTemplate; Boolean treatTargetObjectAsRecipient; Id whatId"
    ),
    extends=("Messaging.Email",),
)
data_class(
    "Messaging.MassEmailMessage",
    *_properties("String description; List<Id> targetObjectIds; Id templateId; List<Id> whatIds"),
    extends=("Messaging.Email",),
)
data_class("Messaging.InboundEmail.Header", "String name; String value")
data_class("Messaging.InboundEmail.BinaryAttachment", (
    "Blob body; String fileName; List<Messaging.InboundEmail.Header> headers;"
    "String mimeTypeSubType"
))  # fmt: skip
data_class("Messaging.InboundEmail.TextAttachment", (
    "String body; Boolean bodyIsTruncated; String charset; String fileName;"
    "List<Messaging.InboundEmail.Header> headers; String mimeTypeSubType"
))  # fmt: skip
data_class("Messaging.InboundEmail", (
    "List<Messaging.InboundEmail.BinaryAttachment> binaryAttachments; List<String> ccAddresses;"
    "String fromAddress; String fromName; List<Messaging.InboundEmail.Header> headers;"
    "String htmlBody; Boolean htmlBodyIsTruncated; String inReplyTo; String messageId;"
    "String plainTextBody; Boolean plainTextBodyIsTruncated; List<String> references;"
    "String replyTo; String subject; List<Messaging.InboundEmail.TextAttachment> textAttachments;"
    "List<String> toAddresses"
))  # fmt: skip
data_class("Messaging.InboundEnvelope", "String fromAddress; String toAddress")
data_class("Messaging.InboundEmailResult", "Boolean success; String message")
platform_interface(
    "Messaging.InboundEmailHandler",
    "Messaging.InboundEmailResult handleInboundEmail(Messaging.InboundEmail email,"
    " Messaging.InboundEnvelope envelope)",
)
data_class("Messaging.SendEmailError", (
    "List<String> fields; String message; StatusCode statusCode; String targetObjectId"
), (
    "List<String> getFields() = fields; String getMessage() = message;"
    "StatusCode getStatusCode() = statusCode; String getTargetObjectId() = targetObjectId"
))  # fmt: skip
RESULT = data_class(
    "Messaging.SendEmailResult",
    "Boolean success; List<Messaging.SendEmailError> errors",
    "Boolean isSuccess() = success; List<Messaging.SendEmailError> getErrors() = errors",
    constructor=False,
)
data_class("Messaging.CustomNotification", *_properties(
    "String body; String notificationTypeId; String senderId; String targetId;"
    "String targetPageRef; String title"
))  # fmt: skip


@MESSAGING.static("List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email> emails)")
def send_email(emails: ApexList | None) -> ApexList:
    """Count and keep the emails."""
    return send_email_or_none(emails, all_or_none=True)


@MESSAGING.static(
    "List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email> emails, Boolean allOrNothing)"
)
def send_email_or_none(emails: ApexList | None, all_or_none: bool | None) -> ApexList:  # noqa: FBT001 - Apex's parameter
    """Count and keep the emails. EmailException for one without a recipient."""
    known = required(emails)
    execution = current()
    for place, email in enumerate(known):
        if all_or_none:
            _check_addresses(place, email)
        if all_or_none and not _has_recipient(email):
            raise raise_apex(
                "EmailException",
                f"SendEmail failed. First exception on row {place}; first error: "
                "REQUIRED_FIELD_MISSING, Add a recipient to send an email.: []",
            )
    execution.governor.count("email_invocations")
    results = (RESULT(success=_has_recipient(each), errors=ApexList()) for each in known)
    return ApexList(results, RESULT.apex_type)


def _check_addresses(place: int, email: DataObject) -> None:
    """EmailException for a recipient that is no address."""
    for field, word in (("toAddresses", "to"), ("ccAddresses", "cc"), ("bccAddresses", "bcc")):
        for each in email.get(field.lower()) or ():
            if each is None or ("@" not in each and not is_id(each)):
                shown = text_of(each)
                raise raise_apex(
                    "EmailException",
                    f"SendEmail failed. First exception on row {place}; first error: "
                    f"INVALID_EMAIL_ADDRESS, Invalid {word} address : {shown}: [{field}, {shown}]",
                )


def _has_recipient(email: DataObject) -> bool:
    names = ("toaddresses", "ccaddresses", "bccaddresses", "targetobjectid", "targetobjectids")
    return any(email.get(name) for name in names)


_DAILY = {"single": 15, "mass": 10}

_RESERVED: PerTransaction[dict[str, int]] = PerTransaction(dict)


def _reserve(kind: str) -> Callable[[int | None], None]:
    """Reserve capacity of the day's emails. HandledException when there is none left."""

    def reserve(count: int | None) -> None:
        reserved = _RESERVED.get()
        total = reserved.get(kind, 0) + required(count)
        if total > _DAILY[kind]:
            raise raise_apex(
                "HandledException",
                f"The daily limit for the org would be exceeded by this request: {kind} email",
            )
        reserved[kind] = total

    return reserve


MESSAGING.static("void reserveSingleEmailCapacity(Integer count)")(_reserve("single"))
MESSAGING.static("void reserveMassEmailCapacity(Integer count)")(_reserve("mass"))


@platform_members("Messaging.CustomNotification").method("void send(Set<String> users)")
def send_notification(notification: DataObject, users: Any) -> None:
    """Check the notification, which nobody gets here.

    IllegalArgumentException without what it needs.
    """
    for name in ("notificationtypeid", "title", "body"):
        if not notification.get(name):
            raise raise_apex("IllegalArgumentException", f"Required field is missing: {name}")
    required(users)
