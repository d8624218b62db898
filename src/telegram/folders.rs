//! Folders of chats (core.telegram.org/api/folders). What changes is asked for as a whole: there are a few of them.

use crate::background::Core;
use crate::{Error, Event, dialogs};
use grammers_tl_types as tl;
use heliograph_model::{Folder, PeerId};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// The person's folders in their order, the whole list among them; none, if there is only the whole list. They are kept,
/// and the chats that they name are told of as they come.
pub(crate) async fn folders(core: &Arc<Core>) -> Result<Vec<Folder>, Error> {
    let (folders, named) = ask(core).await?;
    fetch(core, named);
    Ok(folders)
}

async fn ask(core: &Core) -> Result<(Vec<Folder>, Vec<tl::enums::InputPeer>), Error> {
    let tl::enums::messages::DialogFilters::Filters(answer) =
        core.invoke(&tl::functions::messages::GetDialogFilters {}).await?;
    let me = core.me();
    let mut folders: Vec<Folder> = answer.filters.iter().map(|filter| folder(filter, me)).collect();
    if folders.iter().all(Folder::is_all) {
        folders.clear();
    } else if !folders.iter().any(Folder::is_all) {
        folders.insert(0, Folder::default());
    }
    match core.store.set_folders(folders.clone()).await {
        Ok(()) | Err(heliograph_store::Error::Closed) => {}
        Err(error) => tracing::warn!(%error, "the folders were not stored"),
    }
    Ok((folders, named(&answer.filters, me)))
}

/// Whom the folders name, each once.
fn named(filters: &[tl::enums::DialogFilter], me: Option<PeerId>) -> Vec<tl::enums::InputPeer> {
    let lists = filters.iter().flat_map(|filter| match filter {
        tl::enums::DialogFilter::Default => [None, None],
        tl::enums::DialogFilter::Filter(filter) => [Some(&filter.pinned_peers), Some(&filter.include_peers)],
        tl::enums::DialogFilter::Chatlist(filter) => [Some(&filter.pinned_peers), Some(&filter.include_peers)],
    });
    let mut seen = HashSet::new();
    let once = |input: &&tl::enums::InputPeer| peer(input, me).is_some_and(|id| seen.insert(id));
    lists.flatten().flatten().filter(once).cloned().collect()
}

/// After tries to learn where chats stand that failed, in seconds.
const PAUSES: [u64; 4] = [1, 5, 30, 120];

/// The chats that folders name are fetched beside everything else: they may be in the archive, or far down in the list.
fn fetch(core: &Arc<Core>, named: Vec<tl::enums::InputPeer>) {
    let (me, core) = (core.me(), Arc::downgrade(core));
    tokio::spawn(async move {
        for some in named.chunks(usize::try_from(dialogs::MOST).unwrap_or(1)) {
            for pause in PAUSES {
                // The account may be closed meanwhile, or somebody else may have signed in.
                let Some(core) = core.upgrade().filter(|core| core.me() == me) else { return };
                match dialogs::by_name(&core, some.to_vec()).await {
                    Ok(rows) => {
                        core.tell(Event::Named { page: rows.page, archived: rows.archived });
                        break;
                    }
                    Err(Error::SignedOut | Error::Cancelled) => return,
                    Err(error) => tracing::debug!(%error, "where chats stand is asked again later"),
                }
                drop(core);
                tokio::time::sleep(Duration::from_secs(pause)).await;
            }
        }
    });
}

/// Asks for these rows beside everything else.
pub(crate) fn name(core: &Arc<Core>, chats: &[PeerId]) {
    fetch(core, chats.iter().flat_map(|chat| core.input_peer(*chat)).collect());
}

/// Whether an update says that folders are others now.
pub(crate) fn are_changed(update: &tl::enums::Update) -> bool {
    use tl::enums::Update as U;
    matches!(update, U::DialogFilter(_) | U::DialogFilterOrder(_) | U::DialogFilters)
}

/// Asks for them beside everything else.
pub(crate) fn look_again(core: &Arc<Core>) {
    let core = core.clone();
    tokio::spawn(async move {
        match ask(&core).await {
            Ok((folders, named)) => {
                core.tell(Event::Folders(folders));
                fetch(&core, named);
            }
            // They are asked for again with the next connection.
            Err(error) => tracing::debug!(%error, "the folders did not come"),
        }
    });
}

fn folder(filter: &tl::enums::DialogFilter, me: Option<PeerId>) -> Folder {
    let peers = |peers: &[tl::enums::InputPeer]| peers.iter().filter_map(|input| peer(input, me)).collect();
    let title = |title: &tl::enums::TextWithEntities| {
        let tl::enums::TextWithEntities::Entities(title) = title;
        title.text.clone()
    };
    match filter {
        tl::enums::DialogFilter::Default => Folder::default(),
        tl::enums::DialogFilter::Filter(filter) => Folder {
            id: filter.id,
            title: title(&filter.title),
            sign: filter.emoticon.clone(),
            pinned: peers(&filter.pinned_peers),
            included: peers(&filter.include_peers),
            excluded: peers(&filter.exclude_peers),
            contacts: filter.contacts,
            non_contacts: filter.non_contacts,
            groups: filter.groups,
            broadcasts: filter.broadcasts,
            bots: filter.bots,
            exclude_muted: filter.exclude_muted,
            exclude_read: filter.exclude_read,
            exclude_archived: filter.exclude_archived,
        },
        // One that is shared by a link has no rules but names.
        tl::enums::DialogFilter::Chatlist(filter) => Folder {
            id: filter.id,
            title: title(&filter.title),
            sign: filter.emoticon.clone(),
            pinned: peers(&filter.pinned_peers),
            included: peers(&filter.include_peers),
            ..Folder::default()
        },
    }
}

fn peer(input: &tl::enums::InputPeer, me: Option<PeerId>) -> Option<PeerId> {
    use tl::enums::InputPeer as I;
    match input {
        I::Empty => None,
        I::PeerSelf => me,
        I::User(user) => Some(PeerId::User(user.user_id)),
        I::UserFromMessage(user) => Some(PeerId::User(user.user_id)),
        I::Chat(chat) => Some(PeerId::Group(chat.chat_id)),
        I::Channel(channel) => Some(PeerId::Channel(channel.channel_id)),
        I::ChannelFromMessage(channel) => Some(PeerId::Channel(channel.channel_id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_taken_from_every_way_to_name_them() {
        let me = PeerId::User(1);
        let user = tl::types::InputPeerUser { user_id: 2, access_hash: 3 };
        let channel = tl::types::InputPeerChannel { channel_id: 4, access_hash: 5 };
        let from = tl::types::InputPeerUserFromMessage { peer: channel.clone().into(), msg_id: 6, user_id: 7 };
        let named = [
            tl::enums::InputPeer::Empty,
            tl::enums::InputPeer::PeerSelf,
            user.into(),
            tl::types::InputPeerChat { chat_id: 8 }.into(),
            channel.into(),
            from.into(),
        ];
        let found: Vec<_> = named.iter().map(|input| peer(input, Some(me))).collect();
        let wanted = [PeerId::User(2), PeerId::Group(8), PeerId::Channel(4), PeerId::User(7)].map(Some);
        assert_eq!(found, [[None, Some(me)].as_slice(), wanted.as_slice()].concat());
    }

    #[test]
    fn a_shared_folder_has_no_rules() {
        let title = tl::types::TextWithEntities { text: "🔭 Sky".into(), entities: Vec::new() };
        let shared = tl::types::DialogFilterChatlist {
            has_my_invites: true,
            title_noanimate: false,
            id: 5,
            title: title.into(),
            emoticon: Some("⭐".into()),
            color: None,
            pinned_peers: vec![tl::enums::InputPeer::PeerSelf],
            include_peers: vec![tl::types::InputPeerChat { chat_id: 8 }.into()],
        };
        let folder = folder(&shared.into(), Some(PeerId::User(1)));
        assert_eq!((folder.id, folder.title.as_str(), folder.sign.as_deref()), (5, "🔭 Sky", Some("⭐")));
        assert_eq!((folder.pinned, folder.included), (vec![PeerId::User(1)], vec![PeerId::Group(8)]));
    }
}
