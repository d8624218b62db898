use super::*;
use futures::StreamExt;
use heliograph_model::{FileKind, FileLocation};
use iced_test::runtime::{Action, task};
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::Notify;

const CHAT: PeerId = PeerId::User(1);
const PATIENCE: Duration = Duration::from_secs(60);

fn document(name: &str) -> Document {
    Document {
        id: 1,
        file: FileLocation {
            dc: 4,
            kind: FileKind::Document,
            id: 1,
            access_hash: 1,
            file_reference: Arc::from([]),
            thumb: String::new(),
            size: 8,
        },
        name: name.into(),
        mime: String::new(),
        thumbnail: None,
    }
}

/// A window's loop without a window: runs tasks and feeds what they say back.
struct Stage {
    downloads: Downloads,
    room: tempfile::TempDir,
    streams: VecDeque<futures::stream::BoxStream<'static, Action<Message>>>,
}

impl Stage {
    fn new(fetch: Fetch, portal: Portal) -> Self {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("target");
        std::fs::create_dir(&target).unwrap();
        let downloads =
            Downloads::with(fetch, room.path().join("account/downloads")).with_portal(portal).with_offer(target);
        Self { downloads, room, streams: VecDeque::new() }
    }

    fn run(&mut self, task: Task<Message>) {
        self.streams.extend(task::into_stream(task));
    }

    fn click(&mut self, name: &str) {
        let task = self.downloads.start(CHAT, 5, &document(name));
        self.run(task);
    }

    fn state(&self) -> State<'_> {
        self.downloads.state(CHAT, 5)
    }

    /// Runs until the state is as wanted.
    async fn until(&mut self, what: &str, wanted: impl Fn(State<'_>) -> bool) {
        let run = async {
            while !wanted(self.downloads.state(CHAT, 5)) {
                let Some(stream) = self.streams.front_mut() else { panic!("nothing runs: {what}") };
                match stream.next().await {
                    Some(Action::Output(message)) => {
                        let task = self.downloads.update(message);
                        self.streams.extend(task::into_stream(task));
                    }
                    Some(_) => {}
                    None => drop(self.streams.pop_front()),
                }
            }
        };
        if tokio::time::timeout(PATIENCE, run).await.is_err() {
            panic!("{what}: {:?}", self.state());
        }
    }

    fn target(&self, name: &str) -> PathBuf {
        self.room.path().join("target").join(name)
    }

    /// Removal runs aside.
    async fn until_nothing_is_kept(&self) {
        let folder = self.room.path().join("account/downloads");
        let empty = async {
            while std::fs::read_dir(&folder).is_ok_and(|mut files| files.next().is_some()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, empty).await.unwrap();
    }
}

fn no_portal() -> Portal {
    Portal { bus: Some("unix:path=/nowhere".into()), helper: None }
}

/// Writes "contents" in one go.
fn at_once() -> Fetch {
    Arc::new(|_, _, into, progress| {
        Box::pin(async move {
            std::fs::write(into, "contents").unwrap();
            progress.done.store(8, Ordering::Relaxed);
            Ok(())
        })
    })
}

#[tokio::test]
async fn without_a_dialog_the_path_is_entered_and_the_file_saved_there() {
    let mut stage = Stage::new(at_once(), no_portal());
    stage.click("../re:port.pdf");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    let offered = stage.target("_re_port.pdf");
    assert_eq!(stage.state(), State::EnterPath { path: &offered.display().to_string(), error: None });
    let task = stage.downloads.save(CHAT, 5);
    stage.run(task);
    stage.until("saved", |state| matches!(state, State::Saved(_))).await;
    assert_eq!(stage.state(), State::Saved(&offered));
    assert_eq!(std::fs::read_to_string(&offered).unwrap(), "contents");
    stage.until_nothing_is_kept().await;

    // Again: what is there is not replaced.
    stage.click("../re:port.pdf");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    let task = stage.downloads.save(CHAT, 5);
    stage.run(task);
    stage.until("saved", |state| matches!(state, State::Saved(_))).await;
    assert_eq!(stage.state(), State::Saved(&stage.target("_re_port (2).pdf")));
}

#[tokio::test]
async fn a_path_that_does_not_do_is_said_and_can_be_changed() {
    let mut stage = Stage::new(at_once(), no_portal());
    stage.click("a.txt");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    let nowhere = stage.target("no/such/folder/a.txt").display().to_string();
    for wrong in ["", "  ", "relative/a.txt", nowhere.as_str()] {
        stage.downloads.path_changed(CHAT, 5, wrong.into());
        assert_eq!(stage.state(), State::EnterPath { path: wrong, error: None });
        let task = stage.downloads.save(CHAT, 5);
        stage.run(task);
        stage.until(wrong, |state| matches!(state, State::EnterPath { error: Some(_), .. })).await;
    }
    // A folder is enough.
    let folder = stage.room.path().join("target").display().to_string();
    stage.downloads.path_changed(CHAT, 5, format!(" {folder} "));
    let task = stage.downloads.save(CHAT, 5);
    stage.run(task);
    stage.until("saved", |state| matches!(state, State::Saved(_))).await;
    assert_eq!(std::fs::read_to_string(stage.target("a.txt")).unwrap(), "contents");
}

#[tokio::test]
async fn progress_is_told_and_cancelling_removes_what_was_fetched() {
    let (told, dropped) = (Arc::new(Notify::new()), Arc::new(Mutex::new(false)));
    struct Flag(Arc<Mutex<bool>>);
    impl Drop for Flag {
        fn drop(&mut self) {
            *self.0.lock().unwrap() = true;
        }
    }
    let (signal, flag) = (told.clone(), dropped.clone());
    let endless: Fetch = Arc::new(move |_, _, into, progress| {
        let (signal, flag) = (signal.clone(), Flag(flag.clone()));
        Box::pin(async move {
            let _flag = flag;
            std::fs::write(into, "half").unwrap();
            progress.done.store(4, Ordering::Relaxed);
            signal.notify_one();
            std::future::pending().await
        })
    });
    let mut stage = Stage::new(endless, no_portal());
    stage.click("a.txt");
    assert_eq!(stage.state(), State::Running { done: 0, total: 8 });
    stage.until("half is here", |state| state == State::Running { done: 4, total: 8 }).await;
    told.notified().await;
    // A second click on a running one starts nothing.
    assert_eq!(stage.downloads.start(CHAT, 5, &document("a.txt")).units(), 0);
    stage.downloads.cancel(CHAT, 5);
    assert_eq!(stage.state(), State::Idle);
    // The runtime drops an aborted task's stream when it sees that it has ended.
    assert!(stage.streams.front_mut().unwrap().next().await.is_none());
    stage.streams.clear();
    assert!(*dropped.lock().unwrap());
    stage.until_nothing_is_kept().await;
}

#[tokio::test]
async fn a_failed_fetch_says_why_and_may_be_tried_again() {
    let tries = Arc::new(AtomicU64::new(0));
    let counted = tries.clone();
    let second: Fetch = Arc::new(move |_, _, into, _| {
        let first = counted.fetch_add(1, Ordering::Relaxed) == 0;
        Box::pin(async move {
            std::fs::write(into, "contents").unwrap();
            if first { Err(Error::FileGone) } else { Ok(()) }
        })
    });
    let mut stage = Stage::new(second, no_portal());
    stage.click("a.txt");
    stage.until("failed", |state| matches!(state, State::Failed(_))).await;
    assert_eq!(stage.state(), State::Failed(&words::error(&Error::FileGone)));
    stage.until_nothing_is_kept().await;
    stage.click("a.txt");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
}

#[tokio::test]
async fn answers_to_a_cancelled_download_change_nothing() {
    let mut stage = Stage::new(at_once(), no_portal());
    stage.click("a.txt");
    let Message { key, ticket, .. } = Message { key: (CHAT, 5), ticket: 1, event: Event::Decided(Choice::Cancelled) };
    stage.downloads.cancel(CHAT, 5);
    stage.click("b.txt");
    let late = Message { key, ticket, event: Event::Fetched(Err(Failure::NoPath)) };
    let _ = stage.downloads.update(late);
    assert!(matches!(stage.state(), State::Running { .. }));
}

#[tokio::test]
async fn what_an_earlier_run_left_behind_is_removed() {
    let mut stage = Stage::new(at_once(), no_portal());
    let folder = stage.room.path().join("account/downloads");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("1-1"), "left behind").unwrap();
    stage.click("a.txt");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    assert!(!folder.join("1-1").exists());
}

#[tokio::test]
async fn the_dialogs_answers_are_followed() {
    let mut stage = Stage::new(at_once(), no_portal());
    let target = stage.target("chosen.txt");
    std::fs::write(&target, "old").unwrap();
    // Decisions are fed in by hand: the dialog itself has its own tests.
    for (choice, expected) in
        [(Choice::Cancelled, State::Idle), (Choice::Chosen(target.clone()), State::Saved(&target))]
    {
        // Another one each time: the first is removed aside, at its leisure.
        let temporary = stage.room.path().join(format!("fetched-{}", stage.downloads.tickets));
        std::fs::write(&temporary, "new").unwrap();
        let task = stage.downloads.start(CHAT, 5, &document("a.txt"));
        drop(task);
        let message = |stage: &Stage, event| Message { key: (CHAT, 5), ticket: stage.downloads.tickets, event };
        let fetched = message(&stage, Event::Fetched(Ok(Arc::new(Temporary(temporary)))));
        let _ = stage.downloads.update(fetched);
        assert_eq!(stage.state(), State::AskingWhere);
        let decided = message(&stage, Event::Decided(choice));
        let task = stage.downloads.update(decided);
        stage.run(task);
        stage.until("decided", |state| state == expected).await;
    }
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "new");
}

#[test]
fn a_typed_path_may_begin_at_home() {
    let home = Some(Path::new("/home/mara"));
    assert_eq!(entered(" ~/a b.txt ", home), Ok("/home/mara/a b.txt".into()));
    assert_eq!(entered("~", home), Ok("/home/mara".into()));
    assert_eq!(entered("~//etc/passwd", home), Ok("/home/mara/etc/passwd".into()));
    assert_eq!(entered("/x", home), Ok("/x".into()));
    assert_eq!(entered("~mara/x", home), Err(Failure::Relative));
    assert_eq!(entered("~/x", None), Err(Failure::Relative));
    assert_eq!(entered("x", home), Err(Failure::Relative));
    assert_eq!(entered("", home), Err(Failure::NoPath));
}

#[test]
fn every_failure_says_something_of_its_own() {
    let failures = [
        Failure::Fetch(Error::NotConnected),
        Failure::Disk("full".into()),
        Failure::NoPath,
        Failure::Relative,
        Failure::NoFolder("/a".into()),
        Failure::NotAllowed("/a".into()),
        Failure::Target("odd".into()),
    ];
    let said: std::collections::HashSet<String> = failures.iter().map(Failure::words).collect();
    assert_eq!(said.len(), failures.len());
    assert!(said.iter().all(|words| words.ends_with('.') && !words.contains("No localization")), "{said:?}");
}

#[tokio::test]
async fn a_file_is_shown_as_a_copy_and_one_that_was_saved_as_itself() {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let seen = shown.clone();
    let mut stage = Stage::new(at_once(), no_portal());
    let runtime = stage.room.path().join("runtime");
    let opener = move |path: PathBuf| -> BoxFuture<'static, bool> {
        let content = std::fs::read_to_string(&path).unwrap();
        seen.lock().unwrap().push((path, content));
        Box::pin(async { true })
    };
    stage.downloads = stage.downloads.with_copies(&Arc::new(Copies::new(Some(runtime.clone()), Arc::new(opener))));
    let task = stage.downloads.open(CHAT, 5, &document("a.txt"));
    stage.run(task);
    stage.until("it begins", |state| matches!(state, State::Running { .. })).await;
    stage.until("it is shown", |state| state == State::Idle).await;
    let (copy, content) = shown.lock().unwrap().pop().unwrap();
    assert!(copy.starts_with(&runtime) && copy.ends_with("a.txt"), "{}", copy.display());
    assert_eq!(content, "contents");
    stage.until_nothing_is_kept().await;

    stage.click("a.txt");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    let task = stage.downloads.save(CHAT, 5);
    stage.run(task);
    stage.until("saved", |state| matches!(state, State::Saved(_))).await;
    let task = stage.downloads.open(CHAT, 5, &document("a.txt"));
    let _all: Vec<_> = task::into_stream(task).unwrap().collect().await;
    assert_eq!(shown.lock().unwrap().pop().unwrap().0, stage.target("a.txt"));
}

#[tokio::test]
async fn where_no_program_takes_a_file_that_is_said() {
    let mut stage = Stage::new(at_once(), no_portal());
    let runtime = stage.room.path().join("runtime");
    let nobody = Copies::new(Some(runtime), Arc::new(|_| Box::pin(async { false })));
    stage.downloads = stage.downloads.with_copies(&Arc::new(nobody));
    let task = stage.downloads.open(CHAT, 5, &document("a.txt"));
    stage.run(task);
    stage.until("it is said", |state| matches!(state, State::Failed(_))).await;
    assert_eq!(stage.state(), State::Failed(&Failure::NoProgram.words()));
}

#[tokio::test]
async fn what_is_kept_of_a_file_goes_when_it_is_saved_or_called_off() {
    let mut stage = Stage::new(at_once(), no_portal());
    let gone: Arc<Mutex<Vec<(Key, Purpose)>>> = Arc::default();
    let seen = gone.clone();
    stage.downloads.let_go = Arc::new(move |key, wish| seen.lock().unwrap().push((key, wish.purpose)));
    stage.click("a.txt");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    assert!(gone.lock().unwrap().is_empty(), "nobody said yet where it goes");
    let task = stage.downloads.save(CHAT, 5);
    stage.run(task);
    stage.until("saved", |state| matches!(state, State::Saved(_))).await;
    assert_eq!(gone.lock().unwrap().len(), 1);
    stage.click("a.txt");
    stage.until("a path is asked for", |state| matches!(state, State::EnterPath { .. })).await;
    stage.downloads.cancel(CHAT, 5);
    assert_eq!(*gone.lock().unwrap(), [((CHAT, 5), Purpose::Save), ((CHAT, 5), Purpose::Save)]);
}

#[tokio::test]
async fn what_was_going_on_goes_on_from_where_it_was() {
    let endless: Fetch = Arc::new(|_, _, _, _| Box::pin(std::future::pending()));
    let mut stage = Stage::new(endless, no_portal());
    let transfer = Transfer { chat: CHAT, message: 5, document: document("a.txt"), purpose: Purpose::Save, done: 4 };
    let task = stage.downloads.resume(vec![transfer.clone()]);
    assert_eq!((task.units(), stage.state()), (1, State::Running { done: 4, total: 8 }));
    assert_eq!(stage.downloads.resume(vec![transfer]).units(), 0, "it goes on already");
}
