"""Crypto.sign and Crypto.verify (Apex Reference Guide, Crypto Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.security.cryptography_class import CRYPTO, insecure, refused
from sfgen.apex.runtime.values import Blob

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import HashAlgorithm


def _hash_of(algorithm: str | None) -> tuple[str, HashAlgorithm]:
    """The key's kind and the hash of a signature's algorithm."""
    from cryptography.hazmat.primitives import hashes

    name = required(algorithm).upper()
    kind, _, digest = name.partition("-")
    found = {
        "": hashes.SHA1(),  # noqa: S303 - what the platform calls RSA
        "SHA1": hashes.SHA1(),  # noqa: S303 - same
        "SHA256": hashes.SHA256(),
        "SHA384": hashes.SHA384(),
        "SHA512": hashes.SHA512(),
    }.get(digest)
    if kind not in {"RSA", "ECDSA"} or found is None:
        raise insecure(f"Algorithm {algorithm} not available")
    return kind, found


@CRYPTO.static("Blob sign(String algorithmName, Blob input, Blob privateKey)")
def sign(algorithm: str | None, data: Blob | None, key: Blob | None) -> Blob:
    """The signature by a PKCS#8 key: RSA with PKCS#1 v1.5 padding, or ECDSA."""
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    kind, digest = _hash_of(algorithm)
    try:
        private = load_der_private_key(required(key).data, None)
    except ValueError:
        raise refused("Invalid private key") from None
    if kind == "RSA" and isinstance(private, rsa.RSAPrivateKey):
        return Blob(private.sign(required(data).data, padding.PKCS1v15(), digest))
    if kind == "ECDSA" and isinstance(private, ec.EllipticCurvePrivateKey):
        return Blob(private.sign(required(data).data, ec.ECDSA(digest)))
    raise refused("Invalid private key")


@CRYPTO.static("Boolean verify(String algorithmName, Blob data, Blob signature, Blob publicKey)")
def verify(
    algorithm: str | None, data: Blob | None, signature: Blob | None, key: Blob | None
) -> bool:
    """Whether the signature is right for an X.509 public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    kind, digest = _hash_of(algorithm)
    try:
        public = load_der_public_key(required(key).data)
        if kind == "RSA" and isinstance(public, rsa.RSAPublicKey):
            public.verify(required(signature).data, required(data).data, padding.PKCS1v15(), digest)
        elif kind == "ECDSA" and isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(required(signature).data, required(data).data, ec.ECDSA(digest))
        else:
            raise refused("Invalid public key")
    except InvalidSignature:
        return False
    except ValueError:
        raise refused("Invalid public key") from None
    return True
