"""The tree's hashes and proofs against published values, and against each other."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers

from agreements.editions import merkle
from tests.offline import verify_moc

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""By size, as google/certificate-transparency has them in merkletree_test.cc."""

FIRST_OF_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
SIX_TO_EIGHT = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


class Tree:
    """All whole nodes of a tree, as the rows of the register's tree hold them."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[merkle.Node, bytes] = {}
        edge: list[bytes] = []
        for index, leaf in enumerate(leaves):
            for level, one in enumerate(merkle.grown(edge, index, merkle.leaf_hash(leaf))):
                self.nodes[level, index >> level] = one

    def hash_of(self, part: merkle.Range) -> bytes:
        return merkle.hash_of_range([self.nodes[node] for node in merkle.whole_nodes(*part)])


PUBLISHED = Tree([bytes.fromhex(one) for one in LEAVES])
LARGE = Tree([str(number).encode() for number in range(300)])


class TestTree:
    def test_has_the_published_roots(self) -> None:
        assert [PUBLISHED.hash_of((0, size)).hex() for size in range(9)] == ROOTS

    def test_has_the_published_proofs(self) -> None:
        inclusion = [PUBLISHED.hash_of(part).hex() for part in merkle.inclusion_ranges(0, 8)]
        consistency = [PUBLISHED.hash_of(part).hex() for part in merkle.consistency_ranges(6, 8)]

        assert (inclusion, consistency) == (FIRST_OF_EIGHT, SIX_TO_EIGHT)

    @settings(max_examples=60)
    @given(size=integers(1, 300), part=integers(0, 299))
    def test_every_proof_leads_to_its_roots_and_no_altered_one(self, size: int, part: int) -> None:
        index, old = part % size, part % size + 1
        leaf, root, old_root = merkle.leaf_hash(str(index).encode()), LARGE.hash_of((0, size)), LARGE.hash_of((0, old))
        path = [LARGE.hash_of(one) for one in merkle.inclusion_ranges(index, size)]
        grows = [LARGE.hash_of(one) for one in merkle.consistency_ranges(old, size)]

        assert verify_moc.root_of_inclusion(leaf, index, size, path) == root
        verify_moc.check_consistency(old, old_root, size, root, grows)
        for place in range(len(grows)):
            altered = [hashlib.sha256(one).digest() if at == place else one for at, one in enumerate(grows)]
            with pytest.raises(verify_moc.DoesNotHold):
                verify_moc.check_consistency(old, old_root, size, root, altered)
        for wrong in (path[:-1], [*path, root]):
            if wrong != path:
                with pytest.raises(verify_moc.DoesNotHold):
                    verify_moc.root_of_inclusion(leaf, index, size, wrong)

    @pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 4)])
    def test_proves_no_leaf_that_is_not_there(self, index: int, size: int) -> None:
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_ranges(index, size)
