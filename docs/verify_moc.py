"""Checks what the register of agreements published, without the register and without a network.

Needs Python 3.9 or newer and the package ``cryptography``. See verify-it-yourself.md for what it proves and what not.

    python verify_moc.py edition EDITION.json PROOF.json --key KEY.txt
    python verify_moc.py pdf SUMMARY.pdf --key KEY.txt
    python verify_moc.py log OLD-CHECKPOINT.txt NEW-CHECKPOINT.txt PROOF.json --key KEY.txt

Exit code 0: everything holds. 1: something does not, and the last line says what. 2: it was called wrongly.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import zlib
from datetime import datetime, timezone
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PLAIN, DATED = b"\x01", b"\x04"
LARGEST = 64 * 1024 * 1024


class DoesNotHold(Exception):
    """Something is not as the register published it; the message says what."""


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of_inclusion(leaf, index, size, path):
    """The root that a proof leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise DoesNotHold("The proof is of an entry that the checkpoint does not reach.")
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise DoesNotHold("The proof is too long.")
        if at & 1 or at == last:
            found = node_hash(step, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    if last:
        raise DoesNotHold("The proof is too short.")
    return found


def check_consistency(old_size, old_root, new_size, new_root, path):
    """That the new tree holds the old one unchanged (RFC 9162, 2.1.4.2)."""
    if not 1 <= old_size <= new_size:
        raise DoesNotHold("The newer checkpoint has fewer entries than the older one.")
    if old_size == new_size:
        if path or old_root != new_root:
            raise DoesNotHold("Two checkpoints of one size have different roots: the past was changed.")
        return
    whole_subtree = old_size & (old_size - 1) == 0
    path = [old_root, *path] if whole_subtree else list(path)
    if not path or roots_of_consistency(old_size, new_size, path) != (old_root, new_root):
        raise DoesNotHold("The newer checkpoint does not continue the older one: the past was changed.")


def roots_of_consistency(old_size, new_size, path):
    """The two roots that a path leads to."""
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            raise DoesNotHold("The proof is too long.")
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    if last:
        raise DoesNotHold("The proof is too short.")
    return old, new


def read_keys(text):
    """The public keys of a file, a line each, as name+id+key; by name and id."""
    keys = {}
    for line in text.split():
        try:
            name, key_id, encoded = line.split("+", 2)
            decoded = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise DoesNotHold("The key file does not hold keys of the form name+id+key.") from None
        for kind in (PLAIN, DATED):
            made = hashlib.sha256(name.encode() + b"\n" + kind + decoded[1:]).digest()[:4]
            if kind == PLAIN and (decoded[:1] != PLAIN or made.hex() != key_id):
                raise DoesNotHold("A key in the key file is damaged: its id is not that of its bytes.")
            keys[name, made] = (kind, Ed25519PublicKey.from_public_bytes(decoded[1:]))
    return keys


def open_checkpoint(text, keys):
    """Size, root and signed moment of a checkpoint (c2sp.org/tlog-checkpoint) that one of the keys signed."""
    body, _blank, signatures = text.rpartition("\n\n")
    body += "\n"
    signed, moment = False, None
    for line in signatures.splitlines():
        match = re.fullmatch("\N{EM DASH} (\\S+) (\\S+)", line)
        if not match or match[1] != body.split("\n", 1)[0]:
            continue
        blob = base64.b64decode(match[2])
        kind, key = keys.get((match[1], blob[:4]), (None, None))
        if key is None:
            continue
        message, signature = body, blob[4:]
        if kind == DATED:
            seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {seconds}\n{body}"
        try:
            key.verify(signature, message.encode())
        except InvalidSignature:
            raise DoesNotHold("The checkpoint's signature is not that of its text.") from None
        if kind == DATED:
            moment = datetime.fromtimestamp(seconds, timezone.utc)
        signed = True
    if not signed:
        raise DoesNotHold("The checkpoint is not signed by a key of the key file.")
    _origin, size, root, *_more = body.split("\n")
    return int(size), base64.b64decode(root), moment


def check_proof(proof, keys):
    """Check an inclusion proof; the entry that it proves, and a sentence about the checkpoint."""
    size, root, moment = open_checkpoint(proof["checkpoint"], keys)
    entry = proof["entry"].encode()
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_of_inclusion(leaf_hash(entry), proof["index"], size, path) != root:
        raise DoesNotHold("The proof does not lead to the checkpoint's root: this entry is not in that log.")
    read = json.loads(entry)
    if read["sequence"] != proof["index"] + 1:
        raise DoesNotHold("The entry stands at another place of the log than it says.")
    say(f"It is in the log of {size} entries that was signed at {moment}.")
    return read


def check_edition(content, proof, keys):
    """That these bytes are the edition that the log's entry tells of."""
    entry = check_proof(proof, keys)
    if entry["kind"] != "publication":
        raise DoesNotHold("The proof is of a withdrawal, not of the publication of an edition.")
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry["content_sha256"]:
        raise DoesNotHold(f"This is not the content that was published: its SHA-256 is {digest}.")
    if json.loads(content)["register_number"] != entry["register_number"]:
        raise DoesNotHold("The entry is of another agreement than the content.")
    say("Entry {sequence}: {kind} of {register_number}, edition {edition}, at {at}.".format(**entry))
    say(f"Entry hash {hashlib.sha256(proof['entry'].encode()).hexdigest()}")
    say(f"Content hash {digest}")


def embedded_files(pdf):
    """The files inside a PDF, as the register's PDFs have them: streams of the type EmbeddedFile."""
    found = []
    for match in re.finditer(rb"/Type\s*/EmbeddedFile\b(.{0,1000}?)>>\s*stream\r?\n", pdf, re.DOTALL):
        lengths = re.findall(rb"/Length (\d+)", match[1])
        if not lengths:
            continue
        data = pdf[match.end() : match.end() + int(lengths[-1])]
        if b"/FlateDecode" in match[1]:
            data = zlib.decompressobj().decompress(data, LARGEST)
        found.append(data)
    return found


def check_pdf(pdf, keys):
    """That the data inside a summary is an edition, by the proof that lies beside it."""
    contents, proofs = [], []
    for data in embedded_files(pdf):
        try:
            read = json.loads(data)
        except ValueError:
            continue
        (proofs if "checkpoint" in read and "entry" in read else contents).append((data, read))
    if not contents:
        raise DoesNotHold("There is no edition inside this PDF.")
    if not proofs:
        raise DoesNotHold("There is no proof inside this PDF. Give its JSON and a proof from the register instead.")
    if len(contents) > 1 or len(proofs) > 1:
        raise DoesNotHold("There is more than one edition or proof inside this PDF: the register makes no such file.")
    check_edition(contents[0][0], proofs[0][1], keys)
    say("This is the data inside the PDF. That its pages say the same is proved by its seal: see the documentation.")


def check_log(old, new, proof, keys):
    """That a newer checkpoint continues an older one."""
    old_size, old_root, old_moment = open_checkpoint(old, keys)
    new_size, new_root, new_moment = open_checkpoint(new, keys)
    check_consistency(old_size, old_root, new_size, new_root, [bytes.fromhex(step) for step in proof["path"]])
    say(f"The log of {new_size} entries ({new_moment}) holds that of {old_size} entries ({old_moment}) unchanged.")


def say(sentence):
    print(sentence)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    for what, files in {"edition": 2, "pdf": 1, "log": 3}.items():
        command = commands.add_parser(what)
        command.add_argument("files", nargs=files, type=Path)
        command.add_argument("--key", required=True, type=Path, help="the log's public keys, one a line")
    given = parser.parse_args(arguments)
    try:
        keys = read_keys(given.key.read_text(encoding="utf-8"))
        files = [path.read_bytes() for path in given.files]
        if given.what == "edition":
            check_edition(files[0], json.loads(files[1]), keys)
        elif given.what == "pdf":
            check_pdf(files[0], keys)
        else:
            check_log(files[0].decode(), files[1].decode(), json.loads(files[2]), keys)
    except DoesNotHold as reason:
        say(f"DOES NOT HOLD. {reason}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, RecursionError, zlib.error) as error:
        say(f"DOES NOT HOLD. A file can't be read: {error}")
        return 1
    say("HOLDS.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
