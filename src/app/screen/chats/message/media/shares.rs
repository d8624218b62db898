//! How the votes of a poll are said in per cent.

use heliograph_model::Poll;

/// The part of each answer in whole per cent. Where everybody gives one answer they add up to 100.
pub fn shares(poll: &Poll) -> Vec<u32> {
    let votes: Vec<u64> = poll.answers.iter().map(|answer| u64::from(answer.voters.unwrap_or(0))).collect();
    let given: u64 = votes.iter().sum();
    match poll.multiple {
        // Of those who voted; each may have given several answers.
        true => {
            let voters = u64::from(poll.total.unwrap_or(0)).max(votes.iter().copied().max().unwrap_or(0));
            votes.iter().map(|votes| rounded(*votes, voters)).collect()
        }
        false => whole(&votes, given),
    }
}

fn rounded(part: u64, all: u64) -> u32 {
    (part * 200 + all).checked_div(all * 2).unwrap_or(0).min(100) as u32
}

/// Rounds so that nothing is lost: what is missing goes to those that lost most.
fn whole(votes: &[u64], all: u64) -> Vec<u32> {
    if all == 0 {
        return vec![0; votes.len()];
    }
    let mut shares: Vec<u64> = votes.iter().map(|votes| votes * 100 / all).collect();
    let missing = 100_u64.saturating_sub(shares.iter().sum());
    let mut lost: Vec<usize> = (0..votes.len()).collect();
    lost.sort_by_key(|place| std::cmp::Reverse(votes.get(*place).map_or(0, |votes| votes * 100 % all)));
    for place in lost.into_iter().take(missing as usize) {
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
        }
    }
    shares.into_iter().map(|share| share as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        assert_eq!(whole(&[1, 1, 1], 3), [34, 33, 33]);
        assert_eq!(whole(&[2, 1], 3), [67, 33]);
        assert_eq!(whole(&[0, 5], 5), [0, 100]);
        assert_eq!(whole(&[0, 0], 0), [0, 0]);
        for a in 0..30_u64 {
            for b in 0..30 {
                for c in [0, 1, 7, 1_000_000] {
                    let all = a + b + c;
                    let shares = whole(&[a, b, c], all);
                    assert_eq!(shares.iter().sum::<u32>(), if all == 0 { 0 } else { 100 }, "{a} {b} {c}");
                    for (votes, share) in [a, b, c].iter().zip(&shares) {
                        let exact = *votes as f64 * 100.0 / all.max(1) as f64;
                        assert!((f64::from(*share) - exact).abs() < 1.0, "{a} {b} {c}: {share}");
                    }
                }
            }
        }
    }

    #[test]
    fn of_several_answers_each_is_a_part_of_those_who_voted() {
        assert_eq!([rounded(2, 3), rounded(3, 3), rounded(1, 8), rounded(0, 0)], [67, 100, 13, 0]);
    }
}
