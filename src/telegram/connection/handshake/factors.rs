//! The factors of `pq`, by which the server proves that it costs us something to knock.

/// More steps than any product of two primes below 2^32 needs (about 2^17): what takes longer is no such product,
/// and must not keep a thread busy for ever.
const MOST_STEPS: u32 = 1 << 20;

/// `p < q` with `p * q == pq`, both greater than 1. `None` if there are none or they are not found in bounded time.
pub(super) fn of(pq: u64) -> Option<(u64, u64)> {
    // The protocol promises a number below 2^63.
    if !(6..1 << 63).contains(&pq) {
        return None;
    }
    if pq.is_multiple_of(2) {
        return ordered(2, pq / 2);
    }
    [1, 3, 5, 7, 11].into_iter().find_map(|constant| pollard_rho(pq, constant)).and_then(|p| ordered(p, pq / p))
}

fn ordered(p: u64, q: u64) -> Option<(u64, u64)> {
    (p != q && p > 1 && q > 1).then_some((p.min(q), p.max(q)))
}

/// Pollard's rho with Floyd's cycle finding: a factor of `n` that is neither 1 nor `n`.
fn pollard_rho(n: u64, constant: u64) -> Option<u64> {
    let step = |x: u64| u64::try_from((u128::from(x) * u128::from(x) + u128::from(constant)) % u128::from(n)).ok();
    let (mut slow, mut fast) = (2, 2);
    // The differences of several steps are multiplied, so that the greatest common divisor is rarely taken.
    let mut product: u64 = 1;
    let (mut slow_before, mut fast_before) = (slow, fast);
    for count in 1..=MOST_STEPS {
        slow = step(slow)?;
        fast = step(step(fast)?)?;
        product = u64::try_from(u128::from(product) * u128::from(slow.abs_diff(fast)) % u128::from(n)).ok()?;
        if count % 64 != 0 {
            continue;
        }
        match greatest_common_divisor(product, n) {
            1 => (slow_before, fast_before) = (slow, fast),
            factor if factor != n => return Some(factor),
            // Several factors met within these steps: go through them one by one.
            _ => return one_by_one(n, step, slow_before, fast_before),
        }
    }
    None
}

fn one_by_one(n: u64, step: impl Fn(u64) -> Option<u64>, mut slow: u64, mut fast: u64) -> Option<u64> {
    for _ in 0..64 {
        slow = step(slow)?;
        fast = step(step(fast)?)?;
        match greatest_common_divisor(slow.abs_diff(fast), n) {
            1 => {}
            factor => return (factor != n).then_some(factor),
        }
    }
    None
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_two_primes_are_taken_apart() {
        // The first is the example of core.telegram.org/mtproto/samples-auth_key.
        for (p, q) in [
            (0x494C_553B, 0x5391_1073),
            (1_206_429_347, 1_218_991_343),
            (1_518_968_219, 1_556_064_227),
            (1_555_252_417, 1_803_100_129),
            (2_147_483_629, 2_147_483_647),
            (3, 5),
            (2, 3),
            (7, 2_147_483_647),
        ] {
            assert_eq!(of(p * q), Some((p, q)));
        }
    }

    #[test]
    fn anything_else_is_given_up() {
        for number in [0, 1, 4, 5, 2_147_483_647, 2_147_483_647 * 2_147_483_647, u64::MAX, (1 << 63) + 15] {
            assert_eq!(of(number), None, "{number}");
        }
        // A prime of 62 bits.
        assert_eq!(of(4_611_686_018_427_387_847), None);
    }
}
