"""ConnectApi's inputs and outputs of feeds: what code fills in before it posts.

Apex Reference Guide, "ConnectApi Input Classes", "ConnectApi Output Classes" and "ConnectApi
Enums". Posting itself needs an org.
"""

from __future__ import annotations

from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.execution import current

__all__ = ["refuse_in_siloed_tests"]

platform_enum(
    "ConnectApi.MarkupType",
    "Bold Code Hyperlink Italic ListItem OrderedList Paragraph Strikethrough Underline "
    "UnorderedList",
)
platform_enum(
    "ConnectApi.MessageSegmentType",
    "EntityLink FieldChange FieldChangeName FieldChangeValue Hashtag InlineImage Link "
    "MarkupBegin MarkupEnd Mention MoreChanges ResourceLink Text",
)
platform_enum("ConnectApi.FeedElementType", "Bundle FeedItem Recommendation")
platform_enum("ConnectApi.FeedEntityStatus", "PendingReview Published Draft")
platform_enum(
    "ConnectApi.FeedType",
    "Bookmarks Company Direct_Messages Draft Favorites Files Filter Groups Home Isolated Landing "
    "Moderation Muted News PendingReview People Read Record Streams To Topics UserProfile",
)
platform_enum("ConnectApi.FeedElementCapabilityType", "AssociatedActions Approval Banner Bookmarks")
platform_enum("ConnectApi.FeedItemVisibilityType", "AllUsers InternalUsers")
platform_enum("ConnectApi.RecommendationReactionType", "Accepted Rejected")
platform_enum("ConnectApi.CommentType", "ContentComment TextComment")

_SEGMENTS = """
    TextSegment: String text
    LinkSegment: String url
    HashtagSegment: String tag
    MentionSegment: Id id; String username
    EntityLinkSegment: Id entityId
    InlineImageSegment: String altText; Id fileId
    MarkupBeginSegment: ConnectApi.MarkupType markupType; String altText; String url
    MarkupEndSegment: ConnectApi.MarkupType markupType
"""


def _declare_segments() -> None:
    data_class("ConnectApi.MessageSegmentInput", constructor=False)
    data_class("ConnectApi.MessageSegment", "String text; ConnectApi.MessageSegmentType type")
    for line in filter(None, map(str.strip, _SEGMENTS.splitlines())):
        name, _, properties = line.partition(":")
        data_class(
            f"ConnectApi.{name}Input", properties, extends=("ConnectApi.MessageSegmentInput",)
        )
    for name, properties in {
        "TextSegment": "",
        "LinkSegment": "String url; String reference",
        "HashtagSegment": "String tag; String topicUrl; String url",
        "MentionSegment": "Boolean accessible; String name; ConnectApi.ActorWithId record",
        "EntityLinkSegment": "ConnectApi.Motif motif; ConnectApi.Reference reference",
        "InlineImageSegment": "String altText; Integer contentSize; String fileExtension",
        "MarkupBeginSegment": "String htmlTag; ConnectApi.MarkupType markupType; String url",
        "MarkupEndSegment": "String htmlTag; ConnectApi.MarkupType markupType",
    }.items():
        data_class(f"ConnectApi.{name}", properties, extends=("ConnectApi.MessageSegment",))


def _declare_feeds() -> None:
    data_class(
        "ConnectApi.MessageBodyInput", "List<ConnectApi.MessageSegmentInput> messageSegments"
    )
    data_class(
        "ConnectApi.AbstractMessageBody",
        "Boolean isRichText; List<ConnectApi.MessageSegment> messageSegments; String text",
        constructor=False,
    )
    for name in ("FeedBody", "MessageBody", "CommentBody"):
        data_class(f"ConnectApi.{name}", extends=("ConnectApi.AbstractMessageBody",))
    data_class(
        "ConnectApi.FeedElementInput",
        "Object capabilities; ConnectApi.FeedElementType feedElementType; String subjectId",
        constructor=False,
    )
    data_class(
        "ConnectApi.FeedItemInput",
        "ConnectApi.MessageBodyInput body; Boolean isBookmarkedByCurrentUser;"
        "Id originalFeedItemId; ConnectApi.FeedItemVisibilityType visibility",
        extends=("ConnectApi.FeedElementInput",),
    )
    data_class(
        "ConnectApi.CommentInput",
        "Object attachment; ConnectApi.MessageBodyInput body; Object capabilities",
    )
    data_class(
        "ConnectApi.FeedElement",
        "ConnectApi.FeedBody body; Object capabilities; Datetime createdDate;"
        "ConnectApi.FeedElementType feedElementType; Id id; Datetime modifiedDate; Object parent;"
        "String relativeCreatedDate; String url",
    )
    data_class(
        "ConnectApi.FeedItem",
        "ConnectApi.ActorWithId actor; Boolean event; Boolean hasVerifiedComment;"
        "Boolean isDeleteRestricted; Boolean isSharable; String photoUrl",
        extends=("ConnectApi.FeedElement",),
    )
    data_class("ConnectApi.Comment", "ConnectApi.FeedBody body; Datetime createdDate; Id id")
    data_class("ConnectApi.RecommendationReactionInput", _REACTION)
    data_class("ConnectApi.RecommendationReaction", f"{_REACTION}; Id id; String url")
    data_class("ConnectApi.BinaryInput")


_REACTION = (
    "Id onBehalfOfId; ConnectApi.RecommendationReactionType reactionType; Id contextRecordId;"
    "Double aiModel; Double recommendationScore; String recommendationMode; String strategyName;"
    "Id targetActionId; String targetActionName; Id targetId; String externalId"
)


def refuse_in_siloed_tests(what: str) -> BaseException:
    """What calling ConnectApi raises here.

    UnsupportedOperationException in a test that doesn't see the org's data (Apex Developer Guide,
    "Testing ConnectApi Code"); Unsupported elsewhere.
    """
    test = current().test
    if test.running and not test.see_all_data:
        return raise_apex(
            "UnsupportedOperationException",
            "ConnectApi methods are not supported in data siloed tests."
            " Please use @IsTest(SeeAllData=true).",
        )
    return Unsupported(what)


FEEDS = platform_members("ConnectApi.ChatterFeeds")
_POSTS = (
    (
        "ConnectApi.FeedElement postFeedElement(String communityId,"
        " ConnectApi.FeedElementInput feedElement)"
    ),
    (
        "ConnectApi.FeedElement postFeedElement(String communityId, String subjectId,"
        " ConnectApi.FeedElementType feedElementType, String text)"
    ),
    (
        "ConnectApi.Comment postCommentToFeedElement(String communityId, String feedElementId,"
        " String text)"
    ),
    (
        "ConnectApi.Comment postCommentToFeedElement(String communityId, String feedElementId,"
        " ConnectApi.CommentInput comment, ConnectApi.BinaryInput feedElementFileUpload)"
    ),
)


def _post(*_: object) -> object:
    raise refuse_in_siloed_tests("posting by ConnectApi.ChatterFeeds")


_declare_segments()
_declare_feeds()
for _text in _POSTS:
    FEEDS.static(_text)(_post)
