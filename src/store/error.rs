//! What can go wrong with the file of an account.

use std::path::PathBuf;

/// Why the store could not do what was asked. The texts hold no secret: neither the key nor stored values.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process (or another [`Store`](crate::Store)) has this account open.
    #[error("the account in {} is already open", .0.display())]
    InUse(PathBuf),
    /// The file exists, but this key does not open it: it belongs to another key, or its beginning is damaged.
    #[error("the key does not open {}", .0.display())]
    WrongKey(PathBuf),
    /// The file was written by a newer Heliograph. It is left as it is.
    #[error("the store has version {found}, this program knows versions up to {known}")]
    Newer {
        /// Version of the file.
        found: i64,
        /// The newest that we know.
        known: i64,
    },
    /// The file opens, but what stands in it cannot be (a damaged page, a number out of its range).
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The database refused: disk full, not writable, and the like.
    #[error("the store could not be used: {0}")]
    Database(String),
    /// A file or folder could not be made, read, changed or removed.
    #[error("{what}: {source}")]
    Io {
        /// What was tried, with the path.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store was closed or destroyed.
    #[error("the store is closed")]
    Closed,
}

impl Error {
    pub(crate) fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { what: what.into(), source }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match &error {
            // The SQL of a failed statement stands in some texts; only the code's own words are kept.
            rusqlite::Error::SqliteFailure(code, _) => match code.code {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(code.to_string()),
                _ => Self::Database(code.to_string()),
            },
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..) => Self::Damaged("a stored value is out of its range".into()),
            rusqlite::Error::SqlInputError { error, .. } => Self::Database(error.to_string()),
            _ => Self::Database(error.to_string()),
        }
    }
}
