//! The small puzzle that a client has to solve first: a product to take apart.

use super::{Refusal, random};

/// Two different primes of 31 bits, the smaller first: a puzzle of a few milliseconds for the client.
pub(super) fn two_primes() -> Result<(u32, u32), Refusal> {
    let (one, other) = (prime()?, prime()?);
    match one.cmp(&other) {
        std::cmp::Ordering::Less => Ok((one, other)),
        std::cmp::Ordering::Greater => Ok((other, one)),
        std::cmp::Ordering::Equal => two_primes(),
    }
}

fn prime() -> Result<u32, Refusal> {
    loop {
        let candidate = (u32::from_le_bytes(random()?) >> 1) | (1 << 30) | 1;
        if is_prime(candidate) {
            return Ok(candidate);
        }
    }
}

/// Miller-Rabin with bases that decide all numbers of 32 bits.
fn is_prime(n: u32) -> bool {
    if n < 2 || n.is_multiple_of(2) {
        return n == 2;
    }
    let n = u64::from(n);
    let shift = (n - 1).trailing_zeros();
    let power = |mut base: u64, mut exponent: u64| {
        let mut result = 1;
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = result * base % n;
            }
            base = base * base % n;
            exponent >>= 1;
        }
        result
    };
    [2u64, 7, 61].into_iter().filter(|base| base % n != 0).all(|base| {
        let mut x = power(base % n, (n - 1) >> shift);
        if x == 1 || x == n - 1 {
            return true;
        }
        for _ in 1..shift {
            x = x * x % n;
            if x == n - 1 {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_primes() {
        let primes: Vec<u32> = (0..60).filter(|n| is_prime(*n)).collect();
        assert_eq!(primes, [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59]);
        assert!(is_prime(2_147_483_647) && is_prime(4_294_967_291) && !is_prime(4_294_967_295));
        // The smallest numbers that fool one base each.
        assert!(!is_prime(2047) && !is_prime(25) && !is_prime(217) && !is_prime(3_215_031_751));
    }
}
