"""Dom.XmlNode (Apex Reference Guide, "XmlNode Class")."""

from __future__ import annotations

from typing import ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import method, platform_class, platform_enum
from sfgen.apex.library.xml.xml_nodes import XmlName, XmlNode
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import ApexType

__all__ = ["DomNode", "new_element"]

_KINDS = platform_enum("Dom.XmlNodeType", "COMMENT ELEMENT TEXT")
_NODE = ApexType("Dom.XmlNode")


@platform_class("Dom.XmlNode")
class DomNode:
    """A node of a document; two values of one node are equal."""

    apex_type: ClassVar[ApexType] = _NODE

    def __init__(self, node: XmlNode) -> None:
        self.node = node

    def apex_key(self) -> object:
        """The node itself."""
        return ("Dom.XmlNode", id(self.node))

    def apex_text(self) -> str:
        """`XMLNode[ELEMENT,name,...]`."""
        return f"XMLNode[{self.node.kind},{self.node.name.local},{self.node.text}]"

    @staticmethod
    def _of(nodes: list[XmlNode]) -> ApexList:
        return ApexList([DomNode(each) for each in nodes], _NODE)

    def _need_element(self) -> XmlNode:
        if self.node.kind != "ELEMENT":
            raise raise_apex("XmlException", "Node is not an element")
        return self.node

    @method("Dom.XmlNode addChildElement(String name, String namespace, String prefix)")
    def add_child_element(
        self, name: str | None, namespace: str | None, prefix: str | None
    ) -> DomNode:
        """A new element at the end."""
        parent = self._need_element()
        return DomNode(parent.append(new_element(required(name), namespace, prefix, parent)))

    @method("Dom.XmlNode addTextNode(String text)")
    def add_text_node(self, text: str | None) -> DomNode:
        """A new text at the end."""
        return DomNode(self._need_element().append(XmlNode("TEXT", text=required(text))))

    @method("Dom.XmlNode addCommentNode(String text)")
    def add_comment_node(self, text: str | None) -> DomNode:
        """A new comment at the end."""
        return DomNode(self._need_element().append(XmlNode("COMMENT", text=required(text))))

    @method("String getAttribute(String key, String keyNamespace)")
    def get_attribute(self, key: str | None, namespace: str | None) -> str | None:
        """An attribute's value, or null."""
        found = self.node.attributes.get((required(key), namespace or ""))
        return found[1] if found else None

    @method("String getAttributeValue(String key, String keyNamespace)")
    def get_attribute_value(self, key: str | None, namespace: str | None) -> str | None:
        """An attribute's value, or null."""
        return self.get_attribute(key, namespace)

    @method("Integer getAttributeCount()")
    def get_attribute_count(self) -> int:
        """How many attributes there are."""
        return len(self.node.attributes)

    def _attribute(self, place: int) -> XmlName | None:
        names = [name for name, _ in self.node.attributes.values()]
        return names[place] if 0 <= place < len(names) else None

    @method("String getAttributeKeyAt(Integer index)")
    def get_attribute_key_at(self, place: int) -> str | None:
        """The name of an attribute by its place, or null."""
        found = self._attribute(place)
        return found.local if found else None

    @method("String getAttributeKeyNsAt(Integer index)")
    def get_attribute_key_ns_at(self, place: int) -> str | None:
        """The namespace of an attribute by its place, or null."""
        found = self._attribute(place)
        return found.namespace or None if found else None

    @method("Dom.XmlNode getChildElement(String name, String namespace)")
    def get_child_element(self, name: str | None, namespace: str | None) -> DomNode | None:
        """The first element of that name and namespace directly inside, or null."""
        for child in self.node.children:
            same = child.name.local == name and child.name.namespace == (namespace or "")
            if child.kind == "ELEMENT" and same:
                return DomNode(child)
        return None

    @method("List<Dom.XmlNode> getChildElements()")
    def get_child_elements(self) -> ApexList:
        """The elements directly inside."""
        return self._of([each for each in self.node.children if each.kind == "ELEMENT"])

    @method("List<Dom.XmlNode> getChildren()")
    def get_children(self) -> ApexList:
        """All nodes directly inside, texts of blanks included."""
        return self._of(self.node.children)

    @method("String getName()")
    def get_name(self) -> str | None:
        """An element's name without its prefix."""
        return self.node.name.local or None

    @method("String getNamespace()")
    def get_namespace(self) -> str | None:
        """An element's namespace, or null."""
        return self.node.name.namespace or None

    @method("String getNamespaceFor(String prefix)")
    def get_namespace_for(self, prefix: str | None) -> str | None:
        """What a prefix stands for here, or null."""
        return self.node.namespace_of(prefix or "")

    @method("String getPrefixFor(String namespace)")
    def get_prefix_for(self, namespace: str | None) -> str | None:
        """The prefix of a namespace here, or null."""
        return self.node.prefix_of(required(namespace))

    @method("Dom.XmlNodeType getNodeType()")
    def get_node_type(self) -> object:
        """COMMENT, ELEMENT or TEXT."""
        return _KINDS[self.node.kind]

    @method("Dom.XmlNode getParent()")
    def get_parent(self) -> DomNode | None:
        """The element around it, or null."""
        return DomNode(self.node.parent) if self.node.parent is not None else None

    @method("String getText()")
    def get_text(self) -> str:
        """The texts directly inside, joined."""
        if self.node.kind != "ELEMENT":
            return self.node.text
        return "".join(each.text for each in self.node.children if each.kind == "TEXT")

    @method("Dom.XmlNode insertBefore(Dom.XmlNode newChild, Dom.XmlNode refChild)")
    def insert_before(self, child: DomNode | None, before: DomNode | None) -> DomNode:
        """Put a node before another one, or at the end without one."""
        node, children = required(child).node, self._need_element().children
        place = children.index(before.node) if before is not None else len(children)
        node.parent = self.node
        children.insert(place, node)
        return required(child)

    @method("Boolean removeChild(Dom.XmlNode childNode)")
    def remove_child(self, child: DomNode | None) -> bool:
        """Take a node out; whether it was there."""
        node = required(child).node
        if node not in self.node.children:
            return False
        self.node.children.remove(node)
        node.parent = None
        return True

    @method("Boolean removeAttribute(String key, String keyNamespace)")
    def remove_attribute(self, key: str | None, namespace: str | None) -> bool:
        """Take an attribute out; whether it was there."""
        return self.node.attributes.pop((required(key), namespace or ""), None) is not None

    @method("void setAttribute(String key, String value)")
    def set_attribute(self, key: str | None, value: str | None) -> None:
        """Give an attribute without a namespace its value."""
        name = XmlName(required(key))
        self._need_element().attributes[name.local, ""] = name, required(value)

    @method("void setAttributeNs(String key, String value, String keyNamespace, String valueNs)")
    def set_attribute_ns(
        self, key: str | None, value: str | None, namespace: str | None, _: str | None
    ) -> None:
        """Give an attribute of a namespace its value."""
        node = self._need_element()
        prefix = node.prefix_of(namespace) or "" if namespace else ""
        name = XmlName(required(key), namespace or "", prefix)
        node.attributes[name.local, name.namespace] = name, required(value)

    @method("void setNamespace(String prefix, String namespace)")
    def set_namespace(self, prefix: str | None, namespace: str | None) -> None:
        """Declare a prefix."""
        self._need_element().namespaces[prefix or ""] = required(namespace)


def new_element(
    name: str, namespace: str | None, prefix: str | None, parent: XmlNode | None
) -> XmlNode:
    """An element that declares its namespace unless that is known where it stands."""
    known = prefix
    if known is None and namespace and parent is not None:
        known = parent.prefix_of(namespace)
    made = XmlNode("ELEMENT", XmlName(name, namespace or "", known or ""))
    if namespace and (parent is None or parent.namespace_of(known or "") != namespace):
        made.namespaces[known or ""] = namespace
    return made
