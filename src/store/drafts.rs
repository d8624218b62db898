//! What was begun and not sent. Nothing that was typed here is ever overwritten: of two drafts the one that gives way
//! is kept and can be brought back.

use crate::Error;
use crate::encoding::{decode, encode};
use heliograph_model::{FormattedText, PeerId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// Words that wait in a composer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The words.
    pub text: FormattedText,
    /// The message that they answer.
    #[serde(default)]
    pub reply: Option<i32>,
    /// When they were last changed, in Unix seconds by the server's clock.
    pub date: i64,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.text.text.trim().is_empty() && self.reply.is_none()
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self.text == other.text && self.reply == other.reply
    }
}

/// The drafts of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafts {
    /// What stands in the composer.
    #[serde(default)]
    pub current: Option<Draft>,
    /// The cloud has it, too.
    #[serde(default)]
    pub synced: bool,
    /// What had to give way to it, or came from elsewhere and was not taken.
    #[serde(default)]
    pub loser: Option<Draft>,
}

impl Drafts {
    /// Somebody types here.
    pub fn typed(&mut self, draft: Draft) {
        if self.current.as_ref().is_some_and(|current| current.says_the_same(&draft)) {
            return;
        }
        if draft.is_empty() && self.current.is_none() {
            return;
        }
        // An empty one is kept until the cloud knows that it is empty.
        self.current = Some(draft);
        self.synced = false;
    }

    /// The cloud has what was current at this time.
    pub fn uploaded(&mut self, date: i64) {
        if self.current.as_ref().is_some_and(|current| current.date <= date) {
            self.synced = true;
            self.current.take_if(|current| current.is_empty());
        }
    }

    /// The cloud has another draft, perhaps of another device; `None`: none any more. `typing`: somebody types here
    /// just now.
    pub fn told(&mut self, cloud: Option<Draft>, typing: bool) {
        let cloud = cloud.filter(|cloud| !cloud.is_empty());
        let Some(current) = self.current.take() else {
            self.synced = true;
            self.current = cloud;
            return;
        };
        let Some(cloud) = cloud else {
            // Cleared elsewhere, probably sent: what only stands here stays.
            if !self.synced || typing {
                self.synced &= !typing;
                self.current = Some(current);
            }
            return;
        };
        if current.says_the_same(&cloud) {
            self.synced = true;
            self.current = Some(cloud);
        } else if typing || (!self.synced && current.date >= cloud.date) {
            self.synced = false;
            self.current = Some(current);
            self.loser = Some(cloud);
        } else {
            // What the cloud had already was replaced by whoever wrote the new one; what only stood here was not.
            if !self.synced && !current.is_empty() {
                self.loser = Some(current);
            }
            self.synced = true;
            self.current = Some(cloud);
        }
    }

    /// The two change places.
    pub fn bring_back(&mut self, now: i64) {
        if let Some(mut loser) = self.loser.take() {
            loser.date = now;
            self.loser = self.current.replace(loser).filter(|draft| !draft.is_empty());
            self.synced = false;
        }
    }

    fn is_empty(&self) -> bool {
        self.current.is_none() && self.loser.is_none()
    }
}

pub(crate) fn get(connection: &Connection, chat: PeerId) -> Result<Drafts, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM draft WHERE chat = ?1")?;
    let body: Option<Vec<u8>> = statement.query_row([chat.marked()], |row| row.get(0)).optional()?;
    body.map_or_else(|| Ok(Drafts::default()), |body| decode(&body))
}

/// All chats that have one.
pub(crate) fn all(connection: &Connection) -> Result<Vec<(PeerId, Drafts)>, Error> {
    let mut statement = connection.prepare_cached("SELECT chat, body FROM draft ORDER BY chat")?;
    let mut rows = statement.query([])?;
    let mut drafts = Vec::new();
    while let Some(row) = rows.next()? {
        let chat = PeerId::from_marked(row.get(0)?).ok_or_else(|| Error::Damaged("chat of a draft".into()))?;
        drafts.push((chat, decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?));
    }
    Ok(drafts)
}

pub(crate) fn change(connection: &Connection, chat: PeerId, change: impl FnOnce(&mut Drafts)) -> Result<Drafts, Error> {
    let mut drafts = get(connection, chat)?;
    let before = drafts.clone();
    change(&mut drafts);
    if drafts.is_empty() {
        connection.prepare_cached("DELETE FROM draft WHERE chat = ?1")?.execute([chat.marked()])?;
    } else if drafts != before {
        connection
            .prepare_cached(
                "INSERT INTO draft (chat, body) VALUES (?1, ?2) ON CONFLICT (chat) DO UPDATE SET body = excluded.body",
            )?
            .execute(params![chat.marked(), encode(&drafts)?])?;
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, date: i64) -> Draft {
        Draft { text: FormattedText::plain(text), reply: None, date }
    }

    #[test]
    fn what_is_typed_is_never_overwritten() {
        let mut drafts = Drafts::default();
        drafts.typed(draft("mine", 10));
        // Newer elsewhere, but somebody types here.
        drafts.told(Some(draft("theirs", 20)), true);
        assert_eq!(
            (drafts.current.clone(), drafts.loser.clone()),
            (Some(draft("mine", 10)), Some(draft("theirs", 20)))
        );
        // Older elsewhere.
        drafts.told(Some(draft("older", 5)), false);
        assert_eq!((drafts.current.clone(), drafts.loser.clone()), (Some(draft("mine", 10)), Some(draft("older", 5))));
        assert!(!drafts.synced);
        // Cleared elsewhere.
        drafts.told(None, false);
        assert_eq!(drafts.current, Some(draft("mine", 10)));
    }

    #[test]
    fn a_newer_draft_of_another_device_is_taken_and_the_old_one_kept() {
        let mut drafts = Drafts::default();
        drafts.typed(draft("mine", 10));
        drafts.told(Some(draft("theirs", 20)), false);
        assert_eq!(
            (drafts.current.clone(), drafts.loser.clone()),
            (Some(draft("theirs", 20)), Some(draft("mine", 10)))
        );
        drafts.bring_back(30);
        assert_eq!(
            (drafts.current.clone(), drafts.loser.clone()),
            (Some(draft("mine", 30)), Some(draft("theirs", 20)))
        );
        assert!(!drafts.synced);
    }

    #[test]
    fn what_the_cloud_had_is_followed() {
        let mut drafts = Drafts::default();
        drafts.typed(draft("one", 10));
        drafts.uploaded(9);
        assert!(!drafts.synced);
        drafts.uploaded(10);
        assert!(drafts.synced);
        drafts.told(Some(draft("two", 11)), false);
        assert_eq!((drafts.current.clone(), drafts.loser.clone()), (Some(draft("two", 11)), None));
        drafts.told(None, false);
        assert_eq!(drafts, Drafts { synced: true, ..Drafts::default() });
    }

    #[test]
    fn an_emptied_composer_is_told_to_the_cloud_before_it_is_forgotten() {
        let mut drafts = Drafts::default();
        drafts.typed(draft("", 1));
        assert_eq!(drafts, Drafts::default());
        drafts.typed(draft("one", 10));
        drafts.uploaded(10);
        drafts.typed(draft("", 12));
        assert!(!drafts.synced && drafts.current.is_some());
        drafts.uploaded(12);
        assert_eq!(drafts.current, None);
    }
}
