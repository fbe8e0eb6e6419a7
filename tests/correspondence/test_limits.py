"""Counting attempts by the hour, for all processes together."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory

from agreements.correspondence.limits import Attempts, Limit, TooOften, network_of

pytestmark = pytest.mark.django_db

TWO = Limit("test", 2)


class TestLimit:
    def test_allows_so_many_an_hour_and_says_when_to_come_back(self, noon: datetime) -> None:
        for minute in (0, 10):
            TWO.spend("somebody", at=noon + timedelta(minutes=minute))

        with pytest.raises(TooOften) as refused:
            TWO.spend("somebody", at=noon + timedelta(minutes=45))
        with pytest.raises(TooOften):
            TWO.check("somebody", at=noon + timedelta(minutes=45))

        assert refused.value.until == noon + timedelta(hours=1)

    def test_counts_each_key_and_each_thing_for_itself(self, noon: datetime) -> None:
        for _ in range(2):
            TWO.spend("somebody", at=noon)

        TWO.spend("another", at=noon)
        Limit("other", 2).spend("somebody", at=noon)
        TWO.check("another", at=noon)

    def test_begins_anew_with_the_next_hour(self, noon: datetime) -> None:
        for _ in range(2):
            TWO.spend("somebody", at=noon)

        TWO.check("somebody", at=noon + timedelta(hours=1))

    def test_does_not_tell_from_one_day_to_the_next_who_came_back(self, noon: datetime) -> None:
        for at in (noon, noon + timedelta(hours=23)):
            TWO.spend("somebody", at=at)

        assert Attempts.objects.values("key_hash").distinct().count() == 2

    def test_keeps_nobody_s_address_and_nothing_for_long(self, noon: datetime) -> None:
        TWO.spend("198.51.100.7", at=noon)
        assert "198.51.100.7" not in str(vars(Attempts.objects.get()))

        TWO.spend("another", at=noon + timedelta(days=2))

        assert Attempts.objects.count() == 1


class TestNetworkOf:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("198.51.100.7", "198.51.100.7"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
            ("2001:db8:1:2:ffff::1", "2001:0db8:0001:0002"),
            ("not an address", "not an address"),
        ],
    )
    def test_takes_the_half_of_ipv6_that_a_client_can_not_choose(
        self, rf: RequestFactory, address: str, network: str
    ) -> None:
        assert network_of(rf.get("/", REMOTE_ADDR=address)) == network
