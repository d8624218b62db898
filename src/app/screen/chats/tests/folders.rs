//! Folders above the list of chats.

use super::*;
use heliograph_model::Folder;

const SILENT: PeerId = PeerId::User(91);

fn folder(id: i32, title: &str) -> Folder {
    Folder { id, title: title.into(), ..Folder::default() }
}

/// Mara is a contact, Theo is not; Weekly makes no sound.
fn scene() -> Scene {
    let mut scene = Scene::with_chats(1280.0, 800.0);
    let now = scene.screen.now();
    let mut all = peers(now);
    all.iter_mut().for_each(|peer| peer.contact = peer.id == MARA);
    scene.screen.state.learn(all);
    let _ = scene.screen.state.roster.change(WEEKLY, |chat| (chat.muted, chat.unread) = (true, 50));
    scene
}

fn come(scene: &mut Scene, folders: Vec<Folder>) {
    scene.happened(Event::Folders(folders));
}

fn three() -> Vec<Folder> {
    vec![
        Folder::default(),
        Folder { contacts: true, pinned: vec![THEO], ..folder(2, "People") },
        Folder { groups: true, broadcasts: true, exclude_read: true, ..folder(3, "🔭 Unread") },
    ]
}

fn rows(scene: &Scene) -> Vec<PeerId> {
    scene.screen.folders.order(&scene.screen.state.roster).to_vec()
}

fn unread(scene: &Scene) -> Vec<u32> {
    scene.screen.tabs().into_iter().map(|tab| tab.unread).collect()
}

#[test]
fn a_folder_holds_what_its_rules_say_and_counts_what_makes_a_sound() {
    let mut scene = scene();
    assert!(scene.screen.tabs().is_empty(), "nothing is drawn where there is none");
    come(&mut scene, three());
    let names: Vec<_> = scene.screen.tabs().into_iter().map(|tab| (tab.id, tab.name, tab.chosen)).collect();
    assert_eq!(names, [(0, "All".into(), true), (2, "People".into(), false), (3, "🔭 Unread".into(), false)]);
    assert_eq!((rows(&scene), unread(&scene)), (vec![KEEPERS, THEO, MARA, WEEKLY], vec![1, 0, 1]));

    scene.update(Message::FolderChosen(2));
    // What is pinned stands above what is newer.
    assert_eq!(rows(&scene), [THEO, MARA]);
    assert!(scene.says("See you there") && !scene.says("Lighthouse Keepers"));
    let new = message(MARA, 10, MARA, "look up", scene.screen.now());
    scene.happened(Event::Changes(vec![Change::NewMessage(new)]));
    assert_eq!((rows(&scene), unread(&scene)), (vec![THEO, MARA], vec![2, 1, 1]));

    scene.update(Message::FolderChosen(3));
    assert_eq!(rows(&scene), [KEEPERS, WEEKLY]);
    // What is read while one looks at it stays until one has left it.
    scene.keepers(31..=40);
    scene.settle();
    scene.linger();
    assert_eq!((scene.unread(KEEPERS), rows(&scene)), (0, vec![KEEPERS, WEEKLY]));
    scene.update(Message::Closed);
    assert_eq!((rows(&scene), unread(&scene)), (vec![WEEKLY], vec![1, 1, 0]));
}

#[test]
fn escape_and_a_folder_that_is_gone_lead_back_to_the_whole_list() {
    let mut scene = scene();
    come(&mut scene, three());
    scene.update(Message::FolderChosen(3));
    scene.click(marked(KEEPERS));
    scene.press(Named::Escape);
    assert_eq!((scene.screen.open_chat(), rows(&scene).len()), (None, 2), "the conversation goes first");
    scene.press(Named::Escape);
    assert_eq!(rows(&scene).len(), 4);
    assert!(scene.screen.on_escape().is_none());
    scene.update(Message::FolderChosen(2));
    come(&mut scene, vec![Folder::default(), three().remove(2)]);
    assert_eq!(rows(&scene).len(), 4);
    scene.update(Message::FolderChosen(3));
    come(&mut scene, Vec::new());
    assert!(rows(&scene).len() == 4 && scene.screen.tabs().is_empty());
}

#[test]
fn an_empty_folder_says_so_and_one_that_is_not_known_yet_does_not() {
    let mut scene = scene();
    come(&mut scene, vec![Folder::default(), Folder { bots: true, ..folder(4, "Bots") }]);
    scene.update(Message::FolderChosen(4));
    assert!(scene.says("No chats in this folder"));
    let mut page = ChatPage { chats: Vec::new(), peers: Vec::new(), next: None };
    page.next = Some(heliograph_model::ChatCursor { date: 1, message: 1, peer: WEEKLY });
    scene.screen.state.roster.distrust();
    scene.update(Message::ChatsCame(true, Ok(page)));
    assert!(!scene.says("No chats in this folder"));
    assert!(scene.screen.state.roster.begin_next().is_none(), "the rest of the list is on its way");
}

#[test]
fn the_folder_that_was_shown_is_shown_again_before_there_is_a_connection() {
    let mut scene = Scene::new(1280.0, 800.0);
    let now = scene.screen.now();
    let chats = vec![
        chat(KEEPERS, message(KEEPERS, 400, MARA, "words 400", now - 86_400), 0),
        chat(THEO, message(THEO, 12, THEO, "I will bring the tripod", now - 90_000), 0),
    ];
    let chats = heliograph_store::StoredChats { chats, peers: peers(now) };
    let start = Start { chats, folders: three(), folder: 2, ..Start::default() };
    scene.update(Message::StartCame(Ok(Box::new(start))));
    assert_eq!(rows(&scene), [THEO]);
    assert!(scene.screen.tabs().iter().any(|tab| tab.chosen && tab.id == 2));
    assert!(scene.says("I will bring the tripod") && !scene.says("words 400"));
}

#[test]
fn a_folder_shows_the_chats_that_it_names_also_from_the_archive() {
    let mut scene = scene();
    let named = Folder { pinned: vec![SILENT], exclude_archived: true, ..folder(2, "Named") };
    let kinds = Folder { contacts: true, non_contacts: true, exclude_archived: true, ..folder(3, "People") };
    come(&mut scene, vec![Folder::default(), named, kinds]);
    scene.update(Message::FolderChosen(2));
    assert_eq!(rows(&scene), []);
    let now = scene.screen.now();
    let row = |id, text: &str| chat(SILENT, message(SILENT, id, SILENT, text, now - 90_000), 2);
    let peer = heliograph_model::Peer { id: SILENT, name: "Silent one".into(), ..peers(now).remove(2) };
    let page = |text| heliograph_model::ChatPage { chats: vec![row(4, text)], peers: vec![peer.clone()], next: None };
    scene.happened(Event::Named { page: page("from the archive"), archived: vec![SILENT] });
    assert_eq!((rows(&scene), unread(&scene)), (vec![SILENT], vec![1, 1, 0]));
    assert!(scene.says("from the archive") && scene.says("Silent one"));
    // It is in no other list, also with something new.
    let new = message(SILENT, 5, SILENT, "something new", now);
    scene.happened(Event::Changes(vec![Change::NewMessage(new)]));
    assert!(scene.says("something new"));
    for other in [0, 3] {
        scene.update(Message::FolderChosen(other));
        assert!(!rows(&scene).contains(&SILENT));
    }
    // One that was far down, and is not archived, comes up in the list.
    scene.happened(Event::Named { page: page("far down"), archived: Vec::new() });
    assert!(rows(&scene).contains(&SILENT), "this folder holds people");
    scene.update(Message::FolderChosen(0));
    assert!(!rows(&scene).contains(&SILENT));
    let new = message(SILENT, 6, SILENT, "now at the top", scene.screen.now());
    scene.happened(Event::Changes(vec![Change::NewMessage(new)]));
    assert_eq!(rows(&scene).first(), Some(&SILENT));
}

#[test]
fn what_a_folder_names_is_there_before_there_is_a_connection() {
    let mut scene = Scene::new(1280.0, 800.0);
    let now = scene.screen.now();
    let list = |id, text: &str| heliograph_store::StoredChats {
        chats: vec![chat(id, message(id, 12, id, text, now - 90_000), 0)],
        peers: peers(now),
    };
    let folders = vec![Folder::default(), Folder { included: vec![THEO], ..folder(2, "Named") }];
    let (chats, named) = (list(MARA, "in the list"), list(THEO, "in the archive"));
    scene.update(Message::StartCame(Ok(Box::new(Start { chats, named, folders, folder: 2, ..Start::default() }))));
    assert_eq!(rows(&scene), [THEO]);
    assert!(scene.says("in the archive"));
    scene.update(Message::FolderChosen(0));
    assert_eq!(rows(&scene), [MARA]);
}

#[test]
fn what_was_archived_stays_so_from_one_start_to_the_next() {
    let mut scene = Scene::new(1280.0, 800.0);
    let now = scene.screen.now();
    let list = |id: PeerId| heliograph_store::StoredChats {
        chats: vec![chat(id, message(id, 12, id, "said before", now - 90_000), 0)],
        peers: peers(now),
    };
    let start = Start { chats: list(MARA), named: list(THEO), archived: vec![THEO], ..Start::default() };
    scene.update(Message::StartCame(Ok(Box::new(start))));
    assert_eq!(rows(&scene), [MARA]);
    scene.happened(Event::Changes(vec![Change::NewMessage(message(THEO, 13, THEO, "from the archive", now))]));
    assert_eq!(rows(&scene), [MARA]);
    scene.happened(Event::Changes(vec![Change::Archived(vec![(THEO, false)])]));
    assert_eq!(rows(&scene), [THEO, MARA]);
    assert!(scene.says("from the archive"));
}
