"""Names that the platform gives in the language of the running user: standard profiles.

Profile.Name of a standard profile comes translated (seen in public issues of several suites), so
that what looks for `System Administrator` finds nothing in an org of another language. Where
the translation of a name isn't known here, the English name with the language behind it stands
for it: it is another one, which is what counts.
"""

from __future__ import annotations

from typing import Final

from sfgen.apex.runtime.execution import current, has_current

__all__ = ["API_NAMES", "PRICE_BOOK", "STANDARD_PROFILES", "shown_name", "standard_name"]

STANDARD_PROFILES: Final = {
    "System Administrator": "Standard", "Standard User": "Standard", "Read Only": "Standard",
    "Solution Manager": "Standard", "Marketing User": "Standard", "Contract Manager": "Standard",
    "Standard Platform User": "Standard", "Minimum Access - Salesforce": "Standard",
    "Minimum Access - API Only Integrations": "Standard", "Chatter Free User": "CsnOnly",
    "Chatter External User": "CsnOnly", "Chatter Moderator User": "CsnOnly",
    "Customer Community User": "CspLitePortal", "Partner Community User": "PowerPartner",
    "Customer Community Plus User": "PowerCustomerSuccess",
    "Customer Community Login User": "CspLitePortal", "Guest License User": "Guest",
}  # fmt: skip
"""Profiles of a Developer Edition org with their user types."""
API_NAMES: Final = {
    "Admin": "System Administrator", "Standard": "Standard User", "ReadOnly": "Read Only",
    "MarketingProfile": "Marketing User", "SolutionManager": "Solution Manager",
    "ContractManager": "Contract Manager", "StandardAul": "Standard Platform User",
}  # fmt: skip
"""The names that the Metadata API has for standard profiles."""
PRICE_BOOK: Final = "Standard Price Book"

_KNOWN: Final = {
    "de": {
        "System Administrator": "Systemadministrator", "Standard User": "Standardbenutzer",
        "Read Only": "Schreibgeschützt", "Solution Manager": "Lösungsmanager",
        "Marketing User": "Marketingbenutzer", "Contract Manager": "Vertragsmanager",
        "Standard Platform User": "Standardplattformbenutzer", PRICE_BOOK: "Standard-Preisbuch",
    },
    "fr": {
        "System Administrator": "Administrateur système", "Standard User": "Utilisateur standard",
        "Read Only": "Lecture seule", "Solution Manager": "Responsable de solutions",
        "Marketing User": "Utilisateur Marketing", "Contract Manager": "Responsable de contrats",
        PRICE_BOOK: "Catalogue de prix standard",
    },
    "es": {
        "System Administrator": "Administrador del sistema", "Standard User": "Usuario estándar",
        "Read Only": "Sólo lectura", "Solution Manager": "Gerente de soluciones",
        "Marketing User": "Usuario de marketing", "Contract Manager": "Administrador de contratos",
    },
    "ja": {
        "System Administrator": "システム管理者", "Standard User": "標準ユーザー",
        "Read Only": "参照のみ", "Solution Manager": "ソリューション管理者",
        "Marketing User": "マーケティングユーザー", "Contract Manager": "契約管理者",
        PRICE_BOOK: "標準価格表",
    },
}  # fmt: skip
"""As they are seen in orgs of those languages; by language without its country."""


def standard_name(name: str, language: str) -> str:
    """A standard name in a language (`de`, `pt_BR`); English stays as it is."""
    stem = language.partition("_")[0].lower()
    if stem == "en":
        return name
    return _KNOWN.get(stem, {}).get(name) or f"{name} ({language})"


def shown_name(name: str | None) -> str | None:
    """A profile's name as the running user reads it; names of the project's own stay."""
    user = current().user if has_current() else None
    language = str((user.fields.get("languagelocalekey") if user is not None else None) or "en_US")
    if name is None or language.startswith("en") or name not in STANDARD_PROFILES:
        return name
    return standard_name(name, language)
