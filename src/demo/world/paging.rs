//! Windows on long lists (core.telegram.org/api/offsets).

/// What a client asks of a list of messages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Window {
    pub offset_id: i32,
    pub offset_date: i32,
    pub add_offset: i32,
    pub limit: i32,
    pub max_id: i32,
    pub min_id: i32,
}

/// How many a page may hold.
const MOST: i64 = 100;
/// How many it holds where the client does not say.
const USUAL: i64 = 20;

/// The part of `ids` (ascending) that the window shows, newest first, and how many newer ones stand before it.
/// The slice is taken first, `max_id` and `min_id` thin it out afterwards, as documented.
pub(crate) fn window(ids: &[i32], asked: Window, date_of: impl Fn(i32) -> i32) -> (Vec<i32>, i32) {
    let len = ids.len();
    // How many stand up to the offset, it included, counted from the newest.
    let newer = if asked.offset_id > 0 {
        len - ids.partition_point(|id| *id < asked.offset_id)
    } else if asked.offset_date > 0 {
        len - ids.partition_point(|id| date_of(*id) < asked.offset_date)
    } else {
        0
    };
    let limit = if asked.limit <= 0 { USUAL } else { i64::from(asked.limit).min(MOST) };
    let start = newer as i64 + i64::from(asked.add_offset);
    let end = start.saturating_add(limit).clamp(0, len as i64) as usize;
    let start = start.clamp(0, len as i64) as usize;
    let page = ids
        .iter()
        .rev()
        .skip(start)
        .take(end.saturating_sub(start))
        .copied()
        .filter(|id| (asked.max_id <= 0 || *id < asked.max_id) && (asked.min_id <= 0 || *id > asked.min_id))
        .collect();
    (page, i32::try_from(start).unwrap_or(i32::MAX))
}

/// The hash by which a client says what it has (core.telegram.org/api/offsets#hash-generation).
pub(crate) fn hash_of(ids: impl IntoIterator<Item = i64>) -> i64 {
    let mut hash = 0_u64;
    for id in ids {
        hash ^= hash >> 21;
        hash ^= hash << 35;
        hash ^= hash >> 4;
        hash = hash.wrapping_add(id as u64);
    }
    hash as i64
}
