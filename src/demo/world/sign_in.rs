//! Who is signed in where.

use num_bigint::BigUint;

/// One auth key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Device {
    /// Signed in as.
    pub user: Option<i64>,
    /// Gave the right code, owes the password.
    pub owes_password: Option<i64>,
    /// The key from which its authorization was imported; when that one signs out, so does this.
    pub parent: Option<i64>,
    pub srp: Option<SrpChallenge>,
    /// When it signed in, in Unix seconds.
    pub since: i32,
}

/// A code on its way.
#[derive(Clone)]
pub(crate) struct SentCode {
    pub hash: String,
    pub expires: i32,
}

/// Wrong codes given for one number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WrongCodes {
    pub count: u32,
    /// No more tries before.
    pub until: i32,
}

/// The server's side of one password check (core.telegram.org/api/srp).
#[derive(Clone)]
pub(crate) struct SrpChallenge {
    pub id: i64,
    pub user: i64,
    pub secret: BigUint,
    pub public: [u8; 256],
}

impl std::fmt::Debug for SrpChallenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SrpChallenge").field("id", &self.id).finish_non_exhaustive()
    }
}
