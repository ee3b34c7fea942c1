"""Finite fields as tables. Element k is the polynomial whose coefficients are the digits of k to the base p."""

from __future__ import annotations

from functools import cache
from itertools import product

Table = tuple[tuple[int, ...], ...]


def prime_and_power(order: int) -> tuple[int, int] | None:
    """(p, k) with p**k == order, None where there is no field of that order."""
    for prime in range(2, order + 1):
        if order % prime == 0:
            power = 1
            while prime**power < order:
                power += 1
            return (prime, power) if prime**power == order else None
    return None


@cache
def field(order: int) -> tuple[Table, Table]:
    """Addition and multiplication of the field. Raises ValueError where there is none of that order."""
    found = prime_and_power(order)
    if found is None:
        raise ValueError(f"no field has {order} elements")
    prime, power = found
    digits = [_digits(each, prime, power) for each in range(order)]
    number = {each: index for index, each in enumerate(digits)}
    add = tuple(
        tuple(number[tuple((x + y) % prime for x, y in zip(one, other, strict=True))] for other in digits)
        for one in digits
    )
    for reduction in product(range(prime), repeat=power):
        times = tuple(tuple(number[_product(one, other, reduction, prime)] for other in digits) for one in digits)
        if all(times[one][other] for one in range(1, order) for other in range(1, order)):
            return add, times
    raise AssertionError("there is an irreducible polynomial of each degree")


def _digits(value: int, base: int, length: int) -> tuple[int, ...]:
    return tuple(value // base**place % base for place in range(length))


def _product(one: tuple[int, ...], other: tuple[int, ...], reduction: tuple[int, ...], prime: int) -> tuple[int, ...]:
    """Of two polynomials, where x**k stands for minus `reduction`."""
    power = len(reduction)
    result = [0] * (2 * power)
    for i, x in enumerate(one):
        for j, y in enumerate(other):
            result[i + j] += x * y
    for place in reversed(range(power, 2 * power)):
        for i, c in enumerate(reduction):
            result[place - power + i] -= c * result[place]
    return tuple(each % prime for each in result[:power])
