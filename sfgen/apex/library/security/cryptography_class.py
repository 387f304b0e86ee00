"""Crypto (Apex Reference Guide, Crypto Class). Random bytes come from the transaction's source."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.numbers.numbers import wrap
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import Blob, Long

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


def refused(message: str) -> ApexException:
    """InvalidParameterValueException."""
    return raise_apex("InvalidParameterValueException", message)


def insecure(message: str) -> ApexException:
    """SecurityException."""
    return raise_apex("SecurityException", message)


def _named(table: dict[str, Any], name: str | None) -> Any:
    found = table.get(required(name).upper())
    if found is None:
        raise insecure(f"Algorithm {name} not available")
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
        raise refused(f"Invalid AES key size. Must be 128, 192, or 256: {size}")
    return Blob(current().random.randbytes(size // 8))


def _key(algorithm: str | None, key: Blob | None) -> tuple[bytes, bool]:
    """The key's bytes, checked for length, and whether the mode is GCM."""
    size = _named(_AES, algorithm)
    data = required(key).data
    if len(data) != size:
        raise refused(f"Invalid private key. Must be {size} bytes.")
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
            raise insecure("Tag mismatch!") from None
    if not data or len(data) % 16:
        raise insecure("Input length must be multiple of 16 when decrypting with padded cipher")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    unpadder = PKCS7(128).unpadder()
    try:
        clear = decryptor.update(data) + decryptor.finalize()
        return unpadder.update(clear) + unpadder.finalize()
    except ValueError:
        raise insecure("Given final block not properly padded.") from None


def _vector(vector: Blob | None, *, gcm: bool) -> bytes:
    data = required(vector).data
    if len(data) != 16 and not (gcm and data):
        raise refused("Invalid initialization vector. Must be 16 bytes.")
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
        raise refused("Invalid initialization vector. Must be 16 bytes.")
    return Blob(_decrypted(secret, whole[:size], whole[size:], gcm=gcm))
