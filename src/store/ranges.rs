//! Which stretches of a chat's history are here without a hole. Pure arithmetic: no file, no network.

/// The end of a stretch that goes on to now: what comes next belongs to it.
pub const NOW: i32 = i32::MAX;

/// From `first` to `last` (both of them) everything that the server has is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins; 1: at the beginning of the chat.
    pub first: i32,
    /// Where it ends; [`NOW`]: nowhere.
    pub last: i32,
    /// Nothing can have happened to it that we were not told. Else it may be shown, but has to be asked for again.
    pub verified: bool,
}

impl Stretch {
    /// Whether the message with this number would lie in it.
    pub fn contains(&self, id: i32) -> bool {
        self.first <= id && id <= self.last
    }
}

/// The stretches of one chat: rising, apart from each other, never two alike that touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges(Vec<Stretch>);

impl Ranges {
    /// Takes what was stored, in whatever order it is.
    pub fn new(stretches: impl IntoIterator<Item = Stretch>) -> Self {
        let mut ranges = Self::default();
        for stretch in stretches {
            ranges.put(stretch);
        }
        ranges
    }

    /// All of them, oldest first.
    pub fn stretches(&self) -> &[Stretch] {
        &self.0
    }

    /// The stretch that this number lies in.
    pub fn at(&self, id: i32) -> Option<Stretch> {
        let after = self.0.partition_point(|stretch| stretch.last < id);
        self.0.get(after).copied().filter(|stretch| stretch.contains(id))
    }

    /// The hole-free piece around this number, whether all of it is verified or not: what may be shown in one go.
    /// It counts as verified if all of it is.
    pub fn whole(&self, id: i32) -> Option<Stretch> {
        let at = self.0.partition_point(|stretch| stretch.last < id);
        let mut whole = self.0.get(at).copied().filter(|stretch| stretch.contains(id))?;
        for stretch in self.0.iter().skip(at + 1) {
            if whole.last.checked_add(1) != Some(stretch.first) {
                break;
            }
            whole.last = stretch.last;
            whole.verified &= stretch.verified;
        }
        for stretch in self.0.iter().take(at).rev() {
            if stretch.last.checked_add(1) != Some(whole.first) {
                break;
            }
            whole.first = stretch.first;
            whole.verified &= stretch.verified;
        }
        Some(whole)
    }

    /// The stretch that lies highest.
    pub fn newest(&self) -> Option<Stretch> {
        self.0.last().copied()
    }

    /// The server told everything from `first` to `last`.
    pub fn told(&mut self, first: i32, last: i32) {
        self.put(Stretch { first, last, verified: true });
    }

    /// A message came by itself: from it on we are told of everything. Returns whether that is new.
    pub fn arrived(&mut self, id: i32) -> bool {
        if self.newest().is_some_and(|newest| newest.last == NOW) {
            return false;
        }
        self.told(id, NOW);
        true
    }

    /// One of ours got its number. That says nothing of what came after it: where we are not told of everything, it
    /// stands alone. Returns whether that is new.
    pub fn sent(&mut self, id: i32) -> bool {
        if self.at(id).is_some() {
            return false;
        }
        self.put(Stretch { first: id, last: id, verified: false });
        true
    }

    /// Things have happened that we were not told: what is here ends with the newest message that we have (`None`:
    /// there is none), and all of it has to be asked for again.
    pub fn missed(&mut self, newest: Option<i32>) {
        let newest = newest.unwrap_or(0);
        let old = std::mem::take(&mut self.0);
        for mut stretch in old {
            if stretch.last == NOW {
                stretch.last = newest;
            }
            self.put(Stretch { verified: false, ..stretch });
        }
    }

    /// Puts a stretch over what is there. Verified goes over unverified, not the other way round.
    fn put(&mut self, new: Stretch) {
        let Stretch { first, last, verified } = new;
        if first > last {
            return;
        }
        let mut pieces = Vec::with_capacity(self.0.len() + 2);
        if verified {
            for old in &self.0 {
                if old.last < first || last < old.first {
                    pieces.push(*old);
                    continue;
                }
                if old.first < first {
                    pieces.push(Stretch { last: first - 1, ..*old });
                }
                if last < old.last {
                    pieces.push(Stretch { first: last + 1, ..*old });
                }
            }
            pieces.push(new);
        } else {
            // Only what is not covered yet.
            let mut next = Some(first);
            for old in &self.0 {
                if let Some(from) = next.filter(|from| *from <= old.last && old.first <= last) {
                    if from < old.first {
                        pieces.push(Stretch { first: from, last: old.first - 1, verified });
                    }
                    next = old.last.checked_add(1);
                }
            }
            if let Some(from) = next.filter(|from| *from <= last) {
                pieces.push(Stretch { first: from, last, verified });
            }
            pieces.extend(&self.0);
        }
        pieces.sort_unstable_by_key(|stretch| stretch.first);
        self.0.clear();
        for piece in pieces {
            match self.0.last_mut() {
                Some(before)
                    if before.verified == piece.verified && before.last.checked_add(1) == Some(piece.first) =>
                {
                    before.last = piece.last;
                }
                _ => self.0.push(piece),
            }
        }
    }
}

#[cfg(test)]
mod tests;
