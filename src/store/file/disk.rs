//! A disk that fails when a test wants it to: writes that are refused or end half way, files that cannot be opened,
//! brought to the disk, cut, shared or removed.
//!
//! SQLite reaches its files through a VFS (sqlite.org/vfs.html). This one stands before that of the system and passes
//! everything on, except for the files of folders that a test has named. SQLCipher encrypts above it, so it sees no
//! more than a disk does.

#![allow(unsafe_code, reason = "a VFS is a table of functions that C calls")]

use rusqlite::ffi;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It is opened or made.
    Open,
    /// Something is written to it.
    Write,
    /// It is brought to the disk.
    Sync,
    /// It is cut.
    Truncate,
    /// It is shared with others by way of the memory.
    Share,
    /// It is removed or renamed.
    Remove,
}

/// How a step fails.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// What SQLite is told.
    code: c_int,
    /// So much of what is to be written is, of 256 parts; `None`: nothing.
    part: Option<u8>,
}

impl Fault {
    /// How many bytes of so many are written.
    pub fn written(self, bytes: usize) -> usize {
        self.part.map_or(0, |part| bytes * usize::from(part) / 256)
    }
}

/// The disk below a folder.
pub struct Disk {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    random: u64,
    /// Steps until the next one fails; `None`: none does.
    until: Option<u64>,
    /// So many fail then.
    times: u64,
    failed: Vec<Step>,
}

impl State {
    fn below(&mut self, end: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 20) % end.max(1)
    }
}

static DISKS: Mutex<Vec<Weak<Disk>>> = Mutex::new(Vec::new());

impl Disk {
    /// The disk below this folder, which is there, from now on. It works until it is told to fail.
    pub fn below(folder: &Path) -> Arc<Self> {
        register();
        let random = std::env::var("HELIOGRAPH_DISK_SEED").ok().and_then(|seed| seed.parse().ok());
        let random = random.unwrap_or_else(|| RandomState::new().hash_one(folder)) | 1;
        let state = Mutex::new(State { random, ..State::default() });
        let disk = Arc::new(Self { folder: folder.canonicalize().unwrap(), state });
        let mut disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
        disks.retain(|other| other.strong_count() > 0);
        disks.push(Arc::downgrade(&disk));
        disk
    }

    /// The seed of what follows, to be said where a test fails: `HELIOGRAPH_DISK_SEED` sets it.
    pub fn seed(&self) -> u64 {
        self.lock().random
    }

    /// A random number below this.
    pub fn random(&self, end: u64) -> u64 {
        self.lock().below(end)
    }

    /// After so many steps more, the next `times` fail.
    pub fn fail(&self, after: u64, times: u64) {
        let mut state = self.lock();
        (state.until, state.times) = (Some(after), times);
    }

    /// It works again. Returns what has failed since it was told to.
    pub fn heal(&self) -> Vec<Step> {
        let mut state = self.lock();
        state.until = None;
        std::mem::take(&mut state.failed)
    }

    /// Whether something has failed since it was told to.
    pub fn has_failed(&self) -> bool {
        !self.lock().failed.is_empty()
    }

    /// Whether this step fails, and how.
    pub fn step(&self, step: Step) -> Option<Fault> {
        let mut state = self.lock();
        let until = state.until.as_mut()?;
        if let Some(less) = until.checked_sub(1) {
            *until = less;
            return None;
        }
        state.times = state.times.checked_sub(1)?;
        state.failed.push(step);
        let codes = match step {
            Step::Open => [ffi::SQLITE_CANTOPEN, ffi::SQLITE_IOERR],
            Step::Write => [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_FULL],
            Step::Sync => [ffi::SQLITE_IOERR_FSYNC; 2],
            Step::Truncate => [ffi::SQLITE_IOERR_TRUNCATE; 2],
            Step::Share => [ffi::SQLITE_IOERR_SHMMAP, ffi::SQLITE_IOERR_SHMSIZE],
            Step::Remove => [ffi::SQLITE_IOERR_DELETE; 2],
        };
        let code = codes[state.below(2) as usize];
        let part = (step == Step::Write && state.below(2) == 0).then(|| state.below(256) as u8);
        Some(Fault { code, part })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The disk that this file lies on, if a test has named it.
pub fn of(file: &Path) -> Option<Arc<Disk>> {
    let disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks.iter().filter_map(Weak::upgrade).find(|disk| file.starts_with(&disk.folder))
}

/// The same for the name that SQLite gives.
///
/// # Safety
/// `name` is null or ends with a zero.
unsafe fn of_named(name: *const c_char) -> Option<Arc<Disk>> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as above.
    let name = unsafe { CStr::from_ptr(name) };
    of(Path::new(name.to_str().ok()?))
}

/// The VFS of the system.
struct System(*mut ffi::sqlite3_vfs);

// SAFETY: SQLite itself calls it from any thread, and it is there until the process ends.
unsafe impl Send for System {}
// SAFETY: as above; nothing of it is changed.
unsafe impl Sync for System {}

static SYSTEM: OnceLock<System> = OnceLock::new();

fn system() -> *mut ffi::sqlite3_vfs {
    SYSTEM.get().unwrap().0
}

/// Puts ours before that of the system, once.
fn register() {
    SYSTEM.get_or_init(|| {
        // SAFETY: plain calls of SQLite. What is found is there until the process ends, as is what is registered: it is
        // never freed. The functions that are taken over look at `pAppData` only, which is theirs.
        unsafe {
            assert_eq!(ffi::sqlite3_initialize(), ffi::SQLITE_OK);
            let system = ffi::sqlite3_vfs_find(std::ptr::null());
            assert!(!system.is_null());
            let ours = Box::leak(Box::new(ffi::sqlite3_vfs {
                zName: c"failing".as_ptr(),
                pNext: std::ptr::null_mut(),
                xOpen: Some(open),
                xDelete: Some(delete),
                ..*system
            }));
            assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK);
            System(system)
        }
    });
}

/// What stands in an open file in place of the system's table. SQLite sees the first field only.
#[repr(C)]
struct Open {
    ours: ffi::sqlite3_io_methods,
    system: *const ffi::sqlite3_io_methods,
    disk: Arc<Disk>,
}

/// # Safety
/// As SQLite calls it: `file` has room for a file of the system, `out` is null or has room for a number.
unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: a name of SQLite.
    let disk = unsafe { of_named(name) };
    if let Some(fault) = disk.as_ref().and_then(|disk| disk.step(Step::Open)) {
        // SAFETY: without a table it is not closed.
        unsafe { (*file).pMethods = std::ptr::null() };
        return fault.code;
    }
    let system = system();
    // SAFETY: what we were given, handed to whom it is for. The table of the system that it leaves in the file is there
    // until the process ends; ours lives until the file is closed.
    unsafe {
        let code = (*system).xOpen.unwrap()(system, name, file, flags, out);
        if let Some(disk) = disk.filter(|_| code == ffi::SQLITE_OK && !(*file).pMethods.is_null()) {
            let system = (*file).pMethods;
            let ours = ffi::sqlite3_io_methods {
                xClose: Some(close),
                xWrite: Some(write),
                xSync: Some(sync),
                xTruncate: Some(truncate),
                xShmMap: (*system).xShmMap.map(|_| share as _),
                ..*system
            };
            (*file).pMethods = Box::into_raw(Box::new(Open { ours, system, disk })).cast();
        }
        code
    }
}

/// # Safety
/// As SQLite calls it.
unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: a name of SQLite.
    if let Some(fault) = unsafe { of_named(name) }.and_then(|disk| disk.step(Step::Remove)) {
        return fault.code;
    }
    let system = system();
    // SAFETY: what we were given, handed to whom it is for.
    unsafe { (*system).xDelete.unwrap()(system, name, sync) }
}

/// # Safety
/// `file` was opened by `open` with a disk, and is not closed.
unsafe fn opened<'a>(file: *mut ffi::sqlite3_file) -> &'a Open {
    // SAFETY: then this stands there, its first field first.
    unsafe { &*(*file).pMethods.cast::<Open>() }
}

/// # Safety
/// As SQLite calls it, once.
unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: nobody uses the file after it.
    unsafe {
        let open = Box::from_raw((*file).pMethods.cast::<Open>().cast_mut());
        (*file).pMethods = open.system;
        (*open.system).xClose.unwrap()(file)
    }
}

/// # Safety
/// As SQLite calls it: there are so many bytes.
unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, bytes: *const c_void, count: c_int, at: i64) -> c_int {
    // SAFETY: a file of ours; no more is written than there is.
    unsafe {
        let open = opened(file);
        let write = (*open.system).xWrite.unwrap();
        let Some(fault) = open.disk.step(Step::Write) else { return write(file, bytes, count, at) };
        let part = fault.written(count as usize);
        if part > 0 {
            write(file, bytes, part as c_int, at);
        }
        fault.code
    }
}

/// # Safety
/// As SQLite calls it.
unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: a file of ours.
    unsafe {
        let open = opened(file);
        let passed = || (*open.system).xSync.unwrap()(file, flags);
        open.disk.step(Step::Sync).map_or_else(passed, |fault| fault.code)
    }
}

/// # Safety
/// As SQLite calls it.
unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    // SAFETY: a file of ours.
    unsafe {
        let open = opened(file);
        let passed = || (*open.system).xTruncate.unwrap()(file, size);
        open.disk.step(Step::Truncate).map_or_else(passed, |fault| fault.code)
    }
}

/// # Safety
/// As SQLite calls it: `place` has room for a pointer.
unsafe extern "C" fn share(
    file: *mut ffi::sqlite3_file,
    part: c_int,
    size: c_int,
    extend: c_int,
    place: *mut *mut c_void,
) -> c_int {
    // SAFETY: a file of ours.
    unsafe {
        let open = opened(file);
        if let Some(fault) = open.disk.step(Step::Share) {
            *place = std::ptr::null_mut();
            return fault.code;
        }
        (*open.system).xShmMap.unwrap()(file, part, size, extend, place)
    }
}
