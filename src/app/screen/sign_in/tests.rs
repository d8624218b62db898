use super::*;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::focus::keys;
use crate::widget::stage::Stage;
use heliograph_store::{DataKey, Store};
use heliograph_telegram::{Device, ServerKey, Servers, Settings};
use iced::keyboard::key::Named;
use iced::{Size, widget::responsive};

/// Any key: nobody is listening.
const KEY: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAqLdxQDMyl4jPgakwB/oEdFWCFf6sKlCGJznrHnM035UuELkbHVcE
ykZU3isUV6Dcwr8eHBhBsJyA5urleP/DrBTU1Vjem0NJ4F08aIVQb6nbukyrIxpM
gEdr8MJWuP1zwu4NFpcEPZUJxVu9HFH+VinEoOemvEMjJkDZXpbjKZst6FTN73vO
9cSMB+lfUp21UnbqSvxPDYXzQdam65J7nY+4ovkwpC1wXzrY+e2bfn84pc4Stypy
nI5xghOUyeqCKKLCWGen7CfWengVT68ddzCsK7LTLqEIdI9OdF0re6mKFv5DvDyK
FntcA0teQRTGQFg9tAACQwahpxmA063/VwIDAQAB
-----END RSA PUBLIC KEY-----";

/// The screen on an account without a server, and what must live as long.
struct Scene {
    screen: SignIn,
    stage: Stage,
    _runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

fn scene(demo: Option<DemoHint>) -> Scene {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let servers = Servers::Custom { address: "127.0.0.1:9".into(), key: ServerKey::from_pem(KEY).unwrap() };
    let account = runtime.block_on(open(folder.path(), servers));
    let (screen, _focus) = SignIn::new(account, demo, false, None);
    Scene { screen, stage: Stage::new(1280.0, 800.0), _runtime: runtime, _folder: folder }
}

async fn open(folder: &std::path::Path, servers: Servers) -> Account {
    let store = Store::open(folder, &DataKey::random().unwrap()).await.unwrap();
    let device = Device { model: "Test".into(), system: "Test".into(), app_version: "0".into(), language: "en".into() };
    let settings = Settings { servers, api_id: 1, api_hash: "x".into(), device };
    Account::open(settings, store).await.unwrap().0
}

fn demo() -> Option<DemoHint> {
    Some(DemoHint { phone: "+99966 2 0001".into(), code: "22222".into(), signed_in: false })
}

fn view(screen: &SignIn) -> Element<'_, Message> {
    let view = responsive(move |size| screen.view(Look::day(), Words, size));
    keys(view).on_escape(Some(Message::Back)).into()
}

impl Scene {
    /// Types, and lets the screen take it in letter by letter as in life.
    fn typewrite(&mut self, text: &str) {
        for letter in text.chars() {
            for message in self.stage.typewrite(view(&self.screen), &letter.to_string()) {
                let _action = self.screen.update(message);
            }
        }
    }

    fn press(&mut self, key: Named) -> Vec<Action> {
        let messages = self.stage.press(view(&self.screen), key);
        messages.into_iter().map(|message| self.screen.update(message)).collect()
    }

    fn click(&mut self, id: &'static str) -> Vec<Action> {
        let screen = &self.screen;
        let messages = self.stage.click(|| view(screen), id);
        messages.into_iter().map(|message| self.screen.update(message)).collect()
    }

    fn says(&mut self, words: &str) -> bool {
        let words = words.to_owned();
        let contains = move |candidate: iced_test::selector::Candidate<'_>| match candidate {
            iced_test::selector::Candidate::Text { content, .. } => content.contains(&words).then_some(()),
            _ => None,
        };
        self.stage.find(view(&self.screen), contains).is_some()
    }
}

#[test]
fn tab_goes_from_the_number_to_the_buttons() {
    let mut scene = scene(demo());
    scene.press(Named::Tab);
    assert!(scene.stage.has_focus(view(&scene.screen), "phone"));
    scene.typewrite("+46 70 123 45 67");
    for id in ["continue", "demo-account", "phone"] {
        scene.press(Named::Tab);
        assert!(scene.stage.has_focus(view(&scene.screen), id), "{id}");
    }
}

#[test]
fn the_button_waits_for_a_number_and_enter_asks_for_the_code() {
    let mut scene = scene(None);
    assert!(scene.click("continue").is_empty());
    scene.press(Named::Tab);
    scene.typewrite("12");
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    assert!(scene.says("at least five digits"));
    scene.typewrite("3456");
    assert!(!scene.says("at least five digits"), "the words go when the number changes");
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    assert_eq!(scene.screen.asked(), Some(Asked::ByHand));
    // Busy: neither the key nor the button asks a second time.
    assert!(matches!(scene.press(Named::Enter)[..], [] | [Action::None]));
    assert!(scene.click("continue").is_empty());
}

#[test]
fn escape_cancels_what_is_under_way_and_keeps_the_number() {
    let mut scene = scene(None);
    scene.press(Named::Tab);
    scene.typewrite("+4670123");
    scene.click("continue");
    assert!(scene.screen.work.is_some());
    scene.press(Named::Escape);
    assert!(scene.screen.work.is_none());
    assert_eq!(scene.screen.phone, "+4670123");
}

#[test]
fn without_a_connection_it_says_that_nothing_is_lost_and_offers_to_try_again() {
    let mut scene = scene(None);
    scene.press(Named::Tab);
    scene.typewrite("+4670123");
    scene.click("continue");
    let _action = scene.screen.update(Message::CodeSent(Err(Error::NotConnected)));
    assert!(scene.says("Nothing was lost"));
    assert!(scene.says("Try again"));
    assert!(matches!(scene.click("continue")[..], [Action::Run(_)]));
}

#[test]
fn an_unknown_number_is_sent_to_the_phone_first() {
    let mut scene = scene(None);
    let _action = scene.screen.update(Message::CodeSent(Err(Error::PhoneUnregistered)));
    assert!(scene.says("Register it first"));
    assert!(!scene.says("Try again"));
}

#[test]
fn a_flood_wait_counts_down_and_holds_the_button() {
    let mut scene = scene(None);
    scene.press(Named::Tab);
    scene.typewrite("+4670123");
    let _action = scene.screen.update(Message::CodeSent(Err(Error::FloodWait(60))));
    assert!(scene.says("seconds before the next try"));
    assert!(scene.click("continue").is_empty());
    scene.screen.problem = Some(Problem::Wait { until: Instant::now() });
    let _action = scene.screen.update(Message::Ticked);
    assert!(!scene.says("seconds before the next try"));
    assert!(matches!(scene.click("continue")[..], [Action::Run(_)]));
}

#[test]
fn the_demo_says_what_works_and_enters_with_one_click() {
    let mut scene = scene(demo());
    assert!(scene.says("+99966 2 0001") && scene.says("22222"));
    assert!(matches!(scene.click("demo-account")[..], [Action::Run(_)]));
    assert_eq!(scene.screen.asked(), Some(Asked::ForDemo));
    assert_eq!(scene.screen.phone, "+99966 2 0001");
}

#[test]
fn the_password_is_hidden_and_its_hint_shown() {
    let mut scene = scene(None);
    let _action = scene
        .screen
        .update(Message::CodeChecked(Ok(SignedIn::Password { hint: Some("the old boat".into()), recovery: false })));
    assert!(scene.says("two-step verification"));
    assert!(scene.says("the old boat"));
    assert!(scene.click("sign-in").is_empty(), "nothing to check yet");
    scene.click("password");
    scene.typewrite("secret");
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    let _action = scene.screen.update(Message::PasswordChecked(Err(Error::PasswordInvalid)));
    assert!(scene.says("That was not the password"));
    assert!(matches!(scene.click("change-number")[..], [Action::Run(_)]));
    assert!(scene.says("Phone number"));
}

#[test]
fn without_an_api_id_it_says_where_to_get_one() {
    let mut scene = scene(None);
    scene.screen.no_api_id = true;
    assert!(scene.says("my.telegram.org") && scene.says("HELIOGRAPH_API_ID"));
    assert!(scene.stage.bounds_of(view(&scene.screen), "phone").is_none());
}

#[test]
fn everything_fits_a_small_window_and_large_text() {
    for (size, text) in
        [(Size::new(400.0, 700.0), 1.0), (Size::new(400.0, 700.0), 1.5), (Size::new(1280.0, 800.0), 2.0)]
    {
        let mut scene = scene(demo());
        scene.stage = Stage::new(size.width, size.height);
        let screen = &scene.screen;
        let view = || -> Element<'_, Message> {
            responsive(move |size| screen.view(Look::day().with_text(text), Words, size)).into()
        };
        for id in ["phone", "continue", "demo-account"] {
            let bounds = scene.stage.bounds_of(view(), id).unwrap();
            assert!(bounds.x >= 16.0 && bounds.x + bounds.width <= size.width - 16.0, "{id} at {text}: {bounds:?}");
        }
    }
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn pictures() {
    let folder = std::path::PathBuf::from(std::env::var_os("HELIOGRAPH_PICTURES").unwrap());
    for (name, look, width, height) in [
        ("day", Look::day(), 1280.0, 800.0),
        ("night", Look::night(), 1280.0, 800.0),
        ("large", Look::day().with_text(1.5), 1280.0, 800.0),
        ("narrow", Look::night(), 400.0, 700.0),
    ] {
        let mut scene = scene(demo());
        scene.stage = Stage::new(width, height);
        let shot = |stage: &mut Stage, screen: &SignIn, part: &str| {
            let view =
                || -> Element<'_, Message> { keys(responsive(move |size| screen.view(look, Words, size))).into() };
            stage.picture(view(), look).save(&folder.join(format!("{name}-{part}.png")));
        };
        scene.press(Named::Tab);
        scene.typewrite("+46 70 123 45 67");
        shot(&mut scene.stage, &scene.screen, "phone");
        let _action = scene.screen.update(Message::CodeSent(Err(Error::NotConnected)));
        scene.press(Named::Tab);
        shot(&mut scene.stage, &scene.screen, "offline");
        scene.press(Named::Tab);
        shot(&mut scene.stage, &scene.screen, "ring");
        let _action = scene.screen.update(Message::CodeChecked(Ok(SignedIn::Password {
            hint: Some("the old boat".into()),
            recovery: false,
        })));
        shot(&mut scene.stage, &scene.screen, "password");
    }
}

/// The screen against a real demo server, up to the question for the code.
fn asked_for_code() -> (Scene, heliograph_demo::Server, heliograph_demo::DemoAccount) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (server, account) = runtime.block_on(async {
        let options = heliograph_demo::Options {
            world: heliograph_demo::WorldKind::Plain,
            quiet: true,
            ..heliograph_demo::Options::default()
        };
        let server = heliograph_demo::Server::start(options).await.unwrap();
        let key = ServerKey::from_pem(&server.public_key_pem()).unwrap();
        let servers = Servers::Custom { address: server.address().to_string(), key };
        (server, open(folder.path(), servers).await)
    });
    let demo = server.accounts().remove(0);
    let (mut screen, _focus) = SignIn::new(account.clone(), None, false, None);
    screen.phone = demo.phone.clone();
    let sent = runtime.block_on(account.request_code(&demo.phone));
    let _action = screen.update(Message::CodeSent(sent));
    let scene = Scene { screen, stage: Stage::new(1280.0, 800.0), _runtime: runtime, _folder: folder };
    (scene, server, demo)
}

#[test]
fn the_code_is_typed_into_its_boxes_and_a_wrong_one_is_named() {
    let (mut scene, _server, demo) = asked_for_code();
    assert!(scene.says("Enter the code") && scene.says(&demo.phone));
    assert!(scene.click("sign-in").is_empty(), "an unfinished code is not sent");
    scene.click("code");
    scene.typewrite(&demo.code);
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    let _action = scene.screen.update(Message::CodeChecked(Err(Error::CodeInvalid)));
    assert!(scene.says("That code was not right"));
    let danger = Look::day().palette.danger;
    assert!(scene.stage.picture(view(&scene.screen), Look::day()).shows(danger));
    scene.click("code");
    scene.typewrite("1");
    assert!(!scene.says("That code was not right"));
    assert!(!scene.stage.picture(view(&scene.screen), Look::day()).shows(danger));
}

#[test]
fn an_expired_code_is_asked_for_anew_by_the_same_button() {
    let (mut scene, _server, _demo) = asked_for_code();
    let _action = scene.screen.update(Message::CodeChecked(Err(Error::CodeExpired)));
    assert!(scene.says("Ask for a new code"));
    assert!(matches!(scene.click("sign-in")[..], [Action::Run(_)]));
}

#[test]
fn the_way_back_keeps_the_number() {
    let (mut scene, _server, demo) = asked_for_code();
    scene.press(Named::Escape);
    assert!(scene.says("Phone number"));
    assert_eq!(scene.screen.phone, demo.phone);
}

#[test]
fn the_demo_sends_its_own_code_by_itself() {
    let (mut scene, _server, account) = asked_for_code();
    let sent = match &scene.screen.step {
        Step::Code { sent, .. } => sent.clone(),
        _ => panic!("not at the code"),
    };
    scene.screen.demo = Some(DemoHint { phone: account.phone, code: account.code.clone(), signed_in: true });
    assert!(matches!(scene.screen.enter_demo(), Action::Run(_)));
    assert!(matches!(scene.screen.update(Message::CodeSent(Ok(sent))), Action::Run(_)));
    assert!(matches!(&scene.screen.step, Step::Code { code, .. } if *code == account.code));
    assert_eq!(scene.screen.asked(), Some(Asked::ForDemo));
}
