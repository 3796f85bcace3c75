"""Proofs from a signed checkpoint on both databases: of one event, and of the log's growth."""

import json
from base64 import b64decode

import pytest

from eventlog.merkle import verify_consistency, verify_inclusion
from eventlog.proving import NotProvable, prove_event, prove_growth
from eventlog.seal import HASHED, hash_of
from eventlog.signed_note import Keys, Signer
from eventlog.store import Store
from tests.integration.sample_log import three_checkpoints


def test_an_event_and_the_growth_of_the_log_are_proved_without_the_rest(store: Store) -> None:
    made = three_checkpoints(store, Keys(Signer.fresh()))
    with store.database.read() as connection:
        for position in range(1, 13):
            proof = json.loads(json.dumps(prove_event(connection, position, made[-1])))
            row = proof["event"]
            assert hash_of(row["prev_hash"], [row[name] for name in HASHED]) == row["hash"]
            hashes = [b64decode(one) for one in proof["inclusion"]]
            leaf = bytes.fromhex(row["hash"])
            assert verify_inclusion(position - 1, 12, leaf, hashes, made[-1].root)
        for old in made:
            proof = prove_growth(connection, old, made[-1])
            hashes = [b64decode(one) for one in proof["consistency"]]
            assert verify_consistency(old.size, 12, hashes, old.root, made[-1].root)
        for position in (0, 13):
            with pytest.raises(NotProvable, match="realise checkpoint"):
                prove_event(connection, position, made[-1])
