//! Drawn pictures, kept for a while.

use super::{Scene, jpeg, stripped};
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How many sizes of pictures are kept.
const DRAWN: usize = 256;
/// How many stripped thumbnails are kept; each takes a few hundred bytes.
const STRIPPED: usize = 4_096;

type Slot = Arc<OnceLock<Arc<[u8]>>>;

/// The cache. Asking for the same picture at the same time draws it once.
#[derive(Default)]
pub(crate) struct Pictures {
    drawn: Mutex<Kept<(Scene, u32, u32)>>,
    stripped: Mutex<Kept<(Scene, u32, u32)>>,
}

struct Kept<K> {
    slots: HashMap<K, Slot>,
    order: VecDeque<K>,
}

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self { slots: HashMap::new(), order: VecDeque::new() }
    }
}

impl<K: Clone + Eq + Hash> Kept<K> {
    fn slot(&mut self, key: K, most: usize) -> Slot {
        if let Some(slot) = self.slots.get(&key) {
            return Arc::clone(slot);
        }
        if self.order.len() >= most
            && let Some(oldest) = self.order.pop_front()
        {
            self.slots.remove(&oldest);
        }
        let slot = Slot::default();
        self.slots.insert(key.clone(), Arc::clone(&slot));
        self.order.push_back(key);
        slot
    }
}

impl Pictures {
    /// A scene as JPEG. Takes milliseconds the first time: not for a thread that must not wait.
    pub(crate) fn jpeg(&self, scene: Scene, width: u32, height: u32) -> Arc<[u8]> {
        let slot = lock(&self.drawn).slot((scene, width, height), DRAWN);
        Arc::clone(slot.get_or_init(|| jpeg(scene, width, height).into()))
    }

    /// A scene as stripped thumbnail; `width` and `height` say its shape.
    pub(crate) fn stripped(&self, scene: Scene, width: u32, height: u32) -> Vec<u8> {
        let (width, height) = stripped::fit(width, height);
        let slot = lock(&self.stripped).slot((scene, width, height), STRIPPED);
        slot.get_or_init(|| stripped::encode(&scene.pixels(width, height), width, height).into()).to_vec()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::Style;

    #[test]
    fn old_pictures_make_room() {
        let pictures = Pictures::default();
        for seed in 0..DRAWN as u64 + 10 {
            pictures.jpeg(Scene { seed, style: Style::Face }, 8, 8);
        }
        assert_eq!(lock(&pictures.drawn).slots.len(), DRAWN);
    }
}
