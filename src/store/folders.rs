//! The person's folders of chats, and which of them is shown.

use crate::{Error, settings};
use heliograph_model::Folder;
use rusqlite::Connection;

const FOLDERS: &str = "folders";
const CHOSEN: &str = "chosen folder";

/// In their order; none, where nobody made any.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Folder>, Error> {
    Ok(settings::get(connection, FOLDERS)?.unwrap_or_default())
}

/// They are these now.
pub(crate) fn set(connection: &Connection, folders: &Vec<Folder>) -> Result<(), Error> {
    settings::set(connection, FOLDERS, folders)
}

/// The number of the one that was shown last.
pub(crate) fn chosen(connection: &Connection) -> Result<i32, Error> {
    Ok(settings::get(connection, CHOSEN)?.unwrap_or_default())
}

/// This one is shown.
pub(crate) fn choose(connection: &Connection, id: i32) -> Result<(), Error> {
    settings::set(connection, CHOSEN, &id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::tests::memory;
    use heliograph_model::PeerId;

    #[test]
    fn they_are_there_again_with_the_one_that_was_shown() {
        let connection = memory();
        assert_eq!((all(&connection).unwrap(), chosen(&connection).unwrap()), (Vec::new(), 0));
        let mine = Folder {
            id: 7,
            title: "🔭 Sky".into(),
            sign: Some("⭐".into()),
            pinned: vec![PeerId::Channel(5)],
            exclude_read: true,
            ..Folder::default()
        };
        let folders = vec![Folder::default(), mine];
        set(&connection, &folders).unwrap();
        choose(&connection, 7).unwrap();
        assert_eq!((all(&connection).unwrap(), chosen(&connection).unwrap()), (folders, 7));
        let start = crate::start::read(&connection).unwrap();
        assert_eq!((start.folders.len(), start.folder), (2, 7));
        set(&connection, &Vec::new()).unwrap();
        assert_eq!(all(&connection).unwrap(), []);
    }
}
