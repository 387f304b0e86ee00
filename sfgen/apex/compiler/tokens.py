"""Members that are no members: Trigger.new, Account.Name, SObjectType.Account, Label.X, Page.X."""

from __future__ import annotations

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.lookup import dotted
from sfgen.apex.compiler.operand_refusals import OperandRefusals
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import STRING, ApexType, list_of, map_of, type_named

__all__ = ["TokenCompiler"]

_TRIGGER_VALUES = {
    "new": "list",
    "old": "list",
    "newmap": "map",
    "oldmap": "map",
    "size": "Integer",
    "operationtype": "TriggerOperation",
    **dict.fromkeys(
        "isexecuting isbefore isafter isinsert isupdate isdelete isundelete".split(), "Boolean"
    ),
}


class TokenCompiler(OperandRefusals):
    """Compiles tokens of objects and fields, trigger values, labels and pages."""

    def _token(self, node: tree.Member, kind: ApexType) -> Code:
        """`Account.SObjectType`, `Account.Name`, `Account.Fields`."""
        low = node.name.lower()
        if low == "sobjecttype":
            text = self.writer.constant(f"object_token({kind.name!r})")
            return Code(text, ApexType("Schema.SObjectType"), sure=True)
        if low == "fields":
            return Code("None", ApexType("fields of", (kind,)))
        record = self.world.record(kind)
        found = record.find(node.name) if record is not None else None
        name = found.name if found is not None else self._by_relationship(record, node.name)
        text = self.writer.constant(f"field_token({kind.name!r}, {name!r})")
        return Code(text, ApexType("Schema.SObjectField"), sure=True)

    @staticmethod
    def _by_relationship(record: object, name: str) -> str:
        """`Contact.Account` is the token of AccountId."""
        known = getattr(record, "by_relationship", {}).get(name.lower())
        return str(known.name) if known is not None else name

    def _special(self, node: tree.Member) -> Code | None:
        """Members that are no members: Trigger.new, SObjectType.Account, Label.X, Page.X."""
        path = dotted(node)
        if path is None:
            return self._describe_member(node)
        first, _, rest = path.lower().removeprefix("system.").removeprefix("schema.").partition(".")
        if not rest or (self.is_variable(path.partition(".")[0])):
            return self._describe_member(node)
        if first == "trigger" and "." not in rest and rest in _TRIGGER_VALUES:
            return self._trigger_value(rest)
        if first == "label":
            return Code(f"label({path.rpartition('abel.')[2]!r})", STRING)
        if first == "page" and "." not in rest and self.world.symbol(ApexType("Page")) is None:
            return Code(f"page({node.name!r})", ApexType("PageReference"))
        if first == "sobjecttype" and "." not in rest:
            text = f"describe_object({self._object_name(node.name)!r})"
            return Code(text, ApexType("Schema.DescribeSObjectResult"), sure=True)
        return self._describe_member(node)

    def _trigger_value(self, name: str) -> Code:
        """`Trigger.new` and kin, rows typed by the trigger's object."""
        kind = self.trigger_object or ApexType("SObject")
        answers = {"list": list_of(kind), "map": map_of(type_named("Id"), kind)}
        word = _TRIGGER_VALUES[name]
        wanted = answers.get(word, ApexType(word))
        if word == "Boolean":
            return Code(f"(trigger_value({name!r}) or False)", wanted, sure=True)
        return Code(f"trigger_value({name!r})", wanted)

    def _object_name(self, name: str) -> str:
        record = self.world.record(ApexType(name))
        return record.name if record is not None else name

    def _describe_member(self, node: tree.Member) -> Code | None:
        """`SObjectType.Account.fields.Name` and `Account.Fields.Name`."""
        target = node.target
        if isinstance(target, tree.Member) and target.name.lower() == "rowcause":
            owner = self.static_type(target.target)
            if owner is not None and self.world.is_record(owner):
                return Code(repr(node.name), STRING, sure=True)
        if not isinstance(target, tree.Member) or target.name.lower() not in {
            "fields",
            "fieldsets",
        }:
            return None
        path = dotted(target.target)
        if path is None or self.is_variable(path.partition(".")[0]):
            return None
        low = path.lower().removeprefix("schema.")
        if low.startswith("sobjecttype."):
            name = self._object_name(path.rpartition(".")[2])
            if target.name.lower() == "fieldsets":
                return Code(
                    f"describe_field_set({name!r}, {node.name!r})", ApexType("Schema.FieldSet")
                )
            text = f"describe_field({name!r}, {node.name!r})"
            return Code(text, ApexType("Schema.DescribeFieldResult"), sure=True)
        if low.endswith(".sobjecttype"):
            path = path[: -len(".sobjecttype")]
        found = self.world.type_name(path, self.frame.symbol)
        kind = type_named(found) if found else None
        if kind is not None and self.world.is_record(kind):
            return self._token(node, kind)
        return None
