"""Crypto (Apex Reference Guide, Crypto Class). Random bytes come from the transaction's source."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.arguments import required
from sfgen.apex.library.numbers import wrap
from sfgen.apex.library.registry import platform_members
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import Blob, Long

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

CRYPTO = platform_members("Crypto")

_DIGESTS = {
    "MD5": "md5",
    "SHA1": "sha1",
    "SHA-1": "sha1",
    "SHA256": "sha256",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
    "SHA512": "sha512",
    "SHA3-256": "sha3_256",
    "SHA3-384": "sha3_384",
    "SHA3-512": "sha3_512",
}
_MACS = {
    "HMACMD5": "md5",
    "HMACSHA1": "sha1",
    "HMACSHA256": "sha256",
    "HMACSHA384": "sha384",
    "HMACSHA512": "sha512",
}
_AES = {
    "AES128": 16,
    "AES192": 24,
    "AES256": 32,
    "AES128-GCM": 16,
    "AES192-GCM": 24,
    "AES256-GCM": 32,
}


def _refused(message: str) -> ApexException:
    return raise_apex("InvalidParameterValueException", message)


def _insecure(message: str) -> ApexException:
    return raise_apex("SecurityException", message)


def _named(table: dict[str, Any], name: str | None) -> Any:
    found = table.get(required(name).upper())
    if found is None:
        raise _insecure(f"Algorithm {name} not available")
    return found


@CRYPTO.static("Blob generateDigest(String algorithmName, Blob input)")
def generate_digest(algorithm: str | None, data: Blob | None) -> Blob:
    """The hash of the data."""
    return Blob(hashlib.new(_named(_DIGESTS, algorithm), required(data).data).digest())


@CRYPTO.static("Blob generateMac(String algorithmName, Blob input, Blob privateKey)")
def generate_mac(algorithm: str | None, data: Blob | None, key: Blob | None) -> Blob:
    """The keyed hash (HMAC) of the data."""
    digest = _named(_MACS, algorithm)
    return Blob(hmac.new(required(key).data, required(data).data, digest).digest())


@CRYPTO.static("Boolean verifyHMac(String algorithmName, Blob data, Blob privateKey, Blob hmacToVerify)")  # fmt: skip # noqa: E501 - one signature
def verify_hmac(
    algorithm: str | None, data: Blob | None, key: Blob | None, mac: Blob | None
) -> bool:
    """Whether the keyed hash is right, compared in constant time."""
    expected = generate_mac(algorithm, data, key).data
    return hmac.compare_digest(expected, required(mac).data)


@CRYPTO.static("Integer getRandomInteger()")
def get_random_integer() -> int:
    """Any Integer."""
    return wrap(current().random.getrandbits(32), 32)


@CRYPTO.static("Long getRandomLong()")
def get_random_long() -> Long:
    """Any Long."""
    return Long(wrap(current().random.getrandbits(64), 64))


@CRYPTO.static("Blob generateAesKey(Integer size)")
def generate_aes_key(size: int | None) -> Blob:
    """A key of 128, 192 or 256 bits."""
    if size not in {128, 192, 256}:
        raise _refused(f"Invalid AES key size. Must be 128, 192, or 256: {size}")
    return Blob(current().random.randbytes(size // 8))


def _key(algorithm: str | None, key: Blob | None) -> tuple[bytes, bool]:
    """The key's bytes, checked for length, and whether the mode is GCM."""
    size = _named(_AES, algorithm)
    data = required(key).data
    if len(data) != size:
        raise _refused(f"Invalid private key. Must be {size} bytes.")
    return data, required(algorithm).upper().endswith("GCM")


def _encrypted(key: bytes, vector: bytes, clear: bytes, *, gcm: bool) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.padding import PKCS7

    if gcm:
        return AESGCM(key).encrypt(vector, clear, None)
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return encryptor.update(padder.update(clear) + padder.finalize()) + encryptor.finalize()


def _decrypted(key: bytes, vector: bytes, data: bytes, *, gcm: bool) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.padding import PKCS7

    if gcm:
        try:
            return AESGCM(key).decrypt(vector, data, None)
        except InvalidTag:
            raise _insecure("Tag mismatch!") from None
    if not data or len(data) % 16:
        raise _insecure("Input length must be multiple of 16 when decrypting with padded cipher")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    unpadder = PKCS7(128).unpadder()
    try:
        clear = decryptor.update(data) + decryptor.finalize()
        return unpadder.update(clear) + unpadder.finalize()
    except ValueError:
        raise _insecure("Given final block not properly padded.") from None


def _vector(vector: Blob | None, *, gcm: bool) -> bytes:
    data = required(vector).data
    if len(data) != 16 and not (gcm and data):
        raise _refused("Invalid initialization vector. Must be 16 bytes.")
    return data


@CRYPTO.static("Blob encrypt(String algorithmName, Blob privateKey, Blob initializationVector, Blob clearText)")  # fmt: skip # noqa: E501 - one signature
def encrypt(
    algorithm: str | None, key: Blob | None, vector: Blob | None, clear: Blob | None
) -> Blob:
    """AES: CBC with PKCS#7 padding, or GCM."""
    secret, gcm = _key(algorithm, key)
    return Blob(_encrypted(secret, _vector(vector, gcm=gcm), required(clear).data, gcm=gcm))


@CRYPTO.static("Blob decrypt(String algorithmName, Blob privateKey, Blob initializationVector, Blob cipherText)")  # fmt: skip # noqa: E501 - one signature
def decrypt(
    algorithm: str | None, key: Blob | None, vector: Blob | None, data: Blob | None
) -> Blob:
    """What `encrypt` made. SecurityException for a wrong key or damaged data."""
    secret, gcm = _key(algorithm, key)
    return Blob(_decrypted(secret, _vector(vector, gcm=gcm), required(data).data, gcm=gcm))


@CRYPTO.static("Blob encryptWithManagedIV(String algorithmName, Blob privateKey, Blob clearText)")
def encrypt_with_managed_iv(algorithm: str | None, key: Blob | None, clear: Blob | None) -> Blob:
    """AES with a random vector in front of the result: 16 bytes, 12 for GCM."""
    secret, gcm = _key(algorithm, key)
    vector = current().random.randbytes(12 if gcm else 16)
    return Blob(vector + _encrypted(secret, vector, required(clear).data, gcm=gcm))


@CRYPTO.static("Blob decryptWithManagedIV(String algorithmName, Blob privateKey, Blob IVAndCipherText)")  # fmt: skip # noqa: E501 - one signature
def decrypt_with_managed_iv(algorithm: str | None, key: Blob | None, data: Blob | None) -> Blob:
    """What `encryptWithManagedIV` made."""
    secret, gcm = _key(algorithm, key)
    size = 12 if gcm else 16
    whole = required(data).data
    if len(whole) < size:
        raise _refused("Invalid initialization vector. Must be 16 bytes.")
    return Blob(_decrypted(secret, whole[:size], whole[size:], gcm=gcm))


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
        raise _insecure(f"Algorithm {algorithm} not available")
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
        raise _refused("Invalid private key") from None
    if kind == "RSA" and isinstance(private, rsa.RSAPrivateKey):
        return Blob(private.sign(required(data).data, padding.PKCS1v15(), digest))
    if kind == "ECDSA" and isinstance(private, ec.EllipticCurvePrivateKey):
        return Blob(private.sign(required(data).data, ec.ECDSA(digest)))
    raise _refused("Invalid private key")


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
            raise _refused("Invalid public key")
    except InvalidSignature:
        return False
    except ValueError:
        raise _refused("Invalid public key") from None
    return True
