use super::asking::What;
use super::*;
use crate::theme::Look;
use crate::widget::Element;
use crate::widget::control::focus::keys;
use crate::widget::stage::Stage;
use crate::words::Words;
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
    let settings =
        Settings { servers, api_id: 1, api_hash: "x".into(), device, ways: heliograph_telegram::Ways::default() };
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

    /// As if this had been asked for and answered.
    fn answered(&mut self, asked: Asked, message: Message) -> Action {
        let work = Task::<Message>::none();
        let _task = self.screen.under_way(asked, work);
        self.screen.update(message)
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

    /// What the screen asks for with a task, which nobody runs here.
    fn focus(&mut self, id: &'static str) {
        let wanted = iced::widget::Id::new(id);
        self.stage.operate(view(&self.screen), iced::advanced::widget::operation::focusable::focus::<()>(wanted));
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
fn tab_goes_from_the_country_to_the_number_and_the_buttons() {
    let mut scene = scene(demo());
    scene.press(Named::Tab);
    assert!(scene.stage.has_focus(view(&scene.screen), "country"));
    scene.press(Named::Tab);
    assert!(scene.stage.has_focus(view(&scene.screen), "phone"));
    scene.typewrite("+46 70 123 45 67");
    for id in ["continue", "demo-account", "sign-in-proxy", "country"] {
        scene.press(Named::Tab);
        assert!(scene.stage.has_focus(view(&scene.screen), id), "{id}");
    }
}

#[test]
fn the_number_falls_into_groups_and_chooses_the_country() {
    let mut scene = scene(None);
    scene.click("phone");
    scene.typewrite("+46701234567");
    assert_eq!(scene.screen.phone, "+46 70 123 45 67");
    assert!(scene.says("Sweden"));
}

#[test]
fn the_button_waits_for_a_number_and_enter_asks_for_the_code() {
    let mut scene = scene(None);
    assert!(scene.click("continue").is_empty());
    scene.click("phone");
    scene.typewrite("+99");
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    assert!(scene.says("at least five digits"));
    scene.typewrite("966");
    assert!(!scene.says("at least five digits"), "the words go when the number changes");
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    assert_eq!(scene.screen.asked(), Some(Asked::Code));
    // Busy: neither the key nor the button asks a second time.
    assert!(matches!(scene.press(Named::Enter)[..], [] | [Action::None]));
    assert!(scene.click("continue").is_empty());
}

#[test]
fn escape_cancels_what_is_under_way_and_keeps_the_number() {
    let mut scene = scene(None);
    scene.click("phone");
    scene.typewrite("+4670123");
    scene.click("continue");
    assert!(scene.screen.work.is_some());
    scene.press(Named::Escape);
    assert!(scene.screen.work.is_none());
    assert_eq!(scene.screen.phone, "+46 70 123");
}

#[test]
fn a_country_is_found_by_typing_and_taken_with_enter() {
    let mut scene = scene(None);
    scene.screen.phone = "+46 70 123".into();
    scene.screen.country = Country::by_id("SE");
    scene.click("country");
    assert!(scene.screen.picker.is_some());
    scene.focus("country-search");
    scene.typewrite("norw");
    assert!(scene.says("+47"));
    scene.press(Named::Enter);
    assert!(scene.screen.picker.is_none());
    assert_eq!(scene.screen.phone, "+47 70 12 3", "what was typed stays");
    assert!(scene.says("Norway"));
}

#[test]
fn the_list_of_countries_is_walked_with_keys_clicked_and_left() {
    let mut scene = scene(None);
    scene.click("country");
    scene.focus("country-search");
    let _first = scene.press(Named::ArrowDown);
    scene.press(Named::ArrowDown);
    scene.press(Named::ArrowUp);
    assert_eq!(scene.screen.picker.as_ref().unwrap().at(), 1);
    scene.typewrite("swe");
    scene.click("country:SE");
    assert_eq!(scene.screen.country, Country::by_id("SE"));
    assert_eq!(scene.screen.phone, "+46 ");
    scene.click("country");
    scene.focus("country-search");
    scene.press(Named::Escape);
    assert!(scene.screen.picker.is_none());
    // Another place has the keyboard: the list goes.
    scene.click("country");
    scene.focus("country-search");
    scene.typewrite("xx");
    assert!(scene.says("No country is called that"));
    scene.press(Named::Tab);
    let screen = &scene.screen;
    let messages = scene.stage.events(view(screen), &[iced::Event::Mouse(iced::mouse::Event::CursorLeft)]);
    for message in messages {
        let _action = scene.screen.update(message);
    }
    assert!(scene.screen.picker.is_none());
}

#[test]
fn without_a_connection_it_says_that_nothing_is_lost_and_offers_to_try_again() {
    let mut scene = scene(None);
    scene.click("phone");
    scene.typewrite("+4670123");
    scene.click("continue");
    let _action = scene.screen.update(Message::CodeSent(Err(Error::NotConnected)));
    assert!(scene.says("Nothing was lost"));
    assert!(scene.says("Try again"));
    assert!(matches!(scene.click("continue")[..], [Action::Run(_)]));
    // While it waits for a connection, it says so.
    let _action = scene.screen.connection(Connection::Waiting(3));
    assert!(scene.says("Still trying"));
}

#[test]
fn numbers_that_telegram_refuses_are_named_beside_the_field() {
    for (error, words) in [
        (Error::PhoneUnregistered, "Register it first"),
        (Error::PhoneInvalid, "not a phone number"),
        (Error::PhoneBanned, "banned"),
        (Error::PhoneFlood, "too many tries"),
    ] {
        let mut scene = scene(None);
        let _action = scene.answered(Asked::Code, Message::CodeSent(Err(error.clone())));
        assert!(scene.says(words), "{error:?}");
        assert!(!scene.says("Try again"), "{error:?}");
        assert_eq!(scene.screen.trouble_with_field(), Some(crate::words::error(&error)));
    }
}

#[test]
fn servers_that_fail_are_asked_again_by_the_same_button() {
    for error in [
        Error::TimedOut,
        Error::Rpc { method: "auth.sendCode", code: 500, name: "INTERNAL".into() },
        Error::Protocol("odd".into()),
    ] {
        let mut scene = scene(None);
        scene.screen.phone = "+46 70 123".into();
        let _action = scene.answered(Asked::Code, Message::CodeSent(Err(error.clone())));
        assert!(scene.says(&crate::words::error(&error)), "{error:?}");
        assert!(scene.says("Try again"));
        assert!(matches!(scene.click("continue")[..], [Action::Run(_)]));
    }
}

#[test]
fn a_flood_wait_counts_down_and_holds_the_button() {
    let mut scene = scene(None);
    scene.click("phone");
    scene.typewrite("+4670123");
    let _action = scene.answered(Asked::Code, Message::CodeSent(Err(Error::FloodWait(60))));
    assert!(scene.says("seconds before the next try"));
    assert!(scene.click("continue").is_empty());
    scene.click("phone");
    scene.typewrite("4");
    assert!(scene.says("seconds before the next try"), "it is not over because something was typed");
    scene.screen.waits.add(Asked::Code, Instant::now());
    let _action = scene.screen.update(Message::Ticked);
    assert!(!scene.says("seconds before the next try"));
    assert!(matches!(scene.click("continue")[..], [Action::Run(_)]));
}

#[test]
fn the_demo_says_what_works_and_enters_with_one_click() {
    let mut scene = scene(demo());
    assert!(scene.says("+99966 2 0001") && scene.says("22222"));
    assert!(matches!(scene.click("demo-account")[..], [Action::Run(_)]));
    assert_eq!(scene.screen.asked(), Some(Asked::DemoCode));
    assert_eq!(scene.screen.phone, "+99966 2 0001");
}

#[test]
fn without_an_account_the_demo_is_one_click_away() {
    let mut scene = scene(None);
    assert!(scene.says("Try the demo"));
    assert!(matches!(scene.click("demo-account")[..], [Action::Demo]));
}

fn asked_for_password(scene: &mut Scene, recovery: bool) {
    let hint = Some("the old boat".into());
    let _action = scene.answered(Asked::Check, Message::CodeChecked(Ok(SignedIn::Password { hint, recovery })));
}

#[test]
fn the_password_is_hidden_and_its_hint_shown() {
    let mut scene = scene(None);
    asked_for_password(&mut scene, false);
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
fn the_eye_shows_the_password_and_hides_it_again() {
    let mut scene = scene(None);
    asked_for_password(&mut scene, false);
    scene.click("password");
    scene.typewrite("secret");
    let hidden = scene.stage.picture(view(&scene.screen), Look::day());
    scene.click("reveal");
    let shown = scene.stage.picture(view(&scene.screen), Look::day());
    assert!(hidden.pixels() != shown.pixels());
    let Step::Password(step) = &scene.screen.step else { panic!("not at the password") };
    assert!(step.shown && step.password == "secret");
}

#[test]
fn a_forgotten_password_without_an_address_gets_words() {
    let mut scene = scene(None);
    asked_for_password(&mut scene, false);
    scene.click("forgot");
    assert!(scene.says("cannot be recovered here"));
    assert!(scene.screen.work.is_none());
}

#[test]
fn a_forgotten_password_is_replaced_by_a_code_by_e_mail() {
    let mut scene = scene(None);
    asked_for_password(&mut scene, true);
    assert!(matches!(scene.click("forgot")[..], [Action::Run(_)]));
    let _action = scene.screen.update(Message::RecoverySent(Ok("b***@example.org".into())));
    assert!(scene.says("b***@example.org"));
    scene.click("code");
    scene.typewrite("123456");
    assert!(matches!(scene.press(Named::Enter)[..], [Action::Run(_)]));
    assert_eq!(scene.screen.asked(), Some(Asked::Recover));
    let _action = scene.screen.update(Message::PasswordChecked(Err(Error::CodeInvalid)));
    assert!(scene.says("That code was not right"));
    let _action = scene.answered(Asked::Recover, Message::PasswordChecked(Err(Error::RecoveryExpired)));
    assert!(scene.says("Ask for a new code"));
    assert!(matches!(scene.click("sign-in")[..], [Action::Run(_)]));
    assert_eq!(scene.screen.asked(), Some(Asked::RecoveryCode));
    scene.press(Named::Escape);
    scene.press(Named::Escape);
    assert!(scene.says("two-step verification"), "one step back is the password");
}

#[test]
fn a_recovery_that_is_not_to_be_had_says_so_in_its_place() {
    let mut scene = scene(None);
    asked_for_password(&mut scene, true);
    let _action = scene.answered(Asked::RecoveryCode, Message::RecoverySent(Err(Error::RecoveryUnavailable)));
    assert!(scene.says("cannot be recovered here"));
}

#[test]
fn without_an_api_id_both_are_asked_for_and_looked_at() {
    let mut scene = scene(None);
    scene.screen.step = Step::Api;
    assert!(scene.says("my.telegram.org") && scene.says("Write as you always do"));
    assert!(scene.stage.bounds_of(view(&scene.screen), "phone").is_none());
    scene.click("api-id");
    scene.typewrite("12x");
    scene.press(Named::Tab);
    assert!(scene.stage.has_focus(view(&scene.screen), "api-hash"));
    scene.typewrite("abc");
    scene.press(Named::Enter);
    assert!(scene.says("is a number") && scene.says("32 characters"));
    scene.press(Named::Backspace);
    assert!(!scene.says("32 characters"));
    let _action = scene.screen.update(Message::Api(api::Message::IdChanged("12".into())));
    let _action =
        scene.screen.update(Message::Api(api::Message::HashChanged("0123456789abcdef0123456789abcdef".into())));
    let actions = scene.click("continue");
    assert!(matches!(&actions[..], [Action::Api(own)] if own.id == 12));
}

#[test]
fn an_api_id_that_telegram_refuses_can_be_changed() {
    let mut scene = scene(None);
    let _action = scene.answered(Asked::Code, Message::CodeSent(Err(Error::ApiRefused)));
    scene.click("api-change");
    assert!(matches!(scene.screen.step, Step::Api));
}

/// A token of the usual length.
fn token(valid_for: u64) -> Message {
    let url = format!("tg://login?token={}", "Ab3".repeat(15));
    Message::Qr(qr::Message::Came(Ok(heliograph_telegram::QrStep::Token {
        url,
        valid_for: Duration::from_secs(valid_for),
    })))
}

#[test]
fn the_qr_code_is_shown_and_renews_itself() {
    let mut scene = scene(None);
    assert!(scene.says("Link desktop device"));
    assert!(matches!(scene.screen.update(token(30)), Action::Run(_)), "a clock runs until it is renewed");
    let first = scene.stage.picture(view(&scene.screen), Look::day());
    assert!(first.shows(iced::Color::from_rgb8(35, 33, 29)));
    assert!(matches!(scene.screen.update(Message::Qr(qr::Message::Expires)), Action::Run(_)));
    let still = scene.stage.picture(view(&scene.screen), Look::day());
    assert!(first.pixels() == still.pixels(), "the old one stays until the new one is there");
}

#[test]
fn a_qr_code_that_does_not_come_can_be_asked_for_again() {
    let mut scene = scene(None);
    let _action = scene.screen.update(Message::Qr(qr::Message::Came(Err(Error::TimedOut))));
    assert!(scene.says("did not answer in time"));
    assert!(matches!(scene.click("retry-qr")[..], [Action::Run(_)]));
    assert!(!scene.says("did not answer in time"));
    let _action = scene.screen.update(Message::Qr(qr::Message::Came(Err(Error::NotConnected))));
    assert!(matches!(scene.screen.connection(Connection::Online), Action::Run(_)), "by itself, once there is a way");
    let _action = scene.screen.update(Message::Qr(qr::Message::Came(Err(Error::FloodWait(90)))));
    assert!(scene.says("before the next QR code"));
}

#[test]
fn the_qr_code_leads_to_the_password_too() {
    let mut scene = scene(None);
    let step = heliograph_telegram::QrStep::SignedIn(SignedIn::Password { hint: None, recovery: false });
    let _action = scene.screen.update(Message::Qr(qr::Message::Came(Ok(step))));
    assert!(scene.says("two-step verification"));
}

#[test]
fn asking_for_a_code_does_not_wait_for_the_picture() {
    let mut scene = scene(None);
    scene.screen.phone = "+46 70 123".into();
    scene.click("continue");
    assert!(scene.screen.qr.rests());
    scene.press(Named::Escape);
    assert!(!scene.screen.qr.rests());
}

#[test]
fn in_a_narrow_window_the_halves_take_turns() {
    let mut scene = scene(None);
    scene.stage = Stage::new(400.0, 700.0);
    assert!(!scene.says("Link desktop device"));
    scene.click("other-half");
    assert!(scene.says("Link desktop device"));
    assert!(scene.stage.bounds_of(view(&scene.screen), "phone").is_none());
    scene.press(Named::Escape);
    assert!(scene.stage.bounds_of(view(&scene.screen), "phone").is_some());
}

#[test]
fn in_a_short_window_the_focus_is_scrolled_into_view() {
    let mut scene = scene(demo());
    scene.stage = Stage::new(400.0, 300.0);
    scene.screen.phone = "+46 70 123 45 67".into();
    let inside = |scene: &mut Scene, id: &'static str| {
        let target = scene.stage.find(view(&scene.screen), iced_test::selector::id(id)).unwrap();
        let seen = target.visible_bounds();
        seen.is_some_and(|seen| (seen.height - target.bounds().height).abs() < 1.0)
    };
    assert!(!inside(&mut scene, "continue"));
    for id in ["country", "phone", "continue", "demo-account", "sign-in-proxy", "other-half", "country"] {
        scene.press(Named::Tab);
        assert!(scene.stage.has_focus(view(&scene.screen), id), "{id}");
        assert!(inside(&mut scene, id), "{id} is seen");
    }
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
        for id in ["country", "phone", "continue", "demo-account"] {
            let bounds = scene.stage.bounds_of(view(), id).unwrap();
            assert!(bounds.x >= 16.0 && bounds.x + bounds.width <= size.width - 16.0, "{id} at {text}: {bounds:?}");
        }
    }
}

#[test]
fn refusals_stay_out_of_logs() {
    assert_eq!(format!("{:?}", What::Words("+46 70".into())), "Words");
}

#[test]
#[ignore = "draws pictures to look at into $HELIOGRAPH_PICTURES"]
fn pictures() {
    let folder = std::path::PathBuf::from(std::env::var_os("HELIOGRAPH_PICTURES").unwrap());
    for (name, language, look, width, height) in [
        ("day", "en", Look::day(), 1280.0, 800.0),
        ("night", "en", Look::night(), 1280.0, 800.0),
        ("large", "en", Look::day().with_text(1.5), 1280.0, 800.0),
        ("narrow", "en", Look::night(), 400.0, 700.0),
        ("arabic", "ar", Look::day(), 1280.0, 800.0),
        ("arabic-narrow", "ar", Look::night(), 400.0, 700.0),
        ("german-narrow", "de", Look::day().with_text(1.5), 400.0, 800.0),
        ("ukrainian-large", "uk", Look::day().with_text(1.5), 1280.0, 800.0),
    ] {
        let language = crate::words::language(language).unwrap();
        let _here = crate::words::here(language);
        let look = Look { direction: language.direction(), ..look };
        let mut scene = scene(None);
        scene.stage = Stage::new(width, height);
        let shot = |stage: &mut Stage, screen: &SignIn, part: &str| {
            let view =
                || -> Element<'_, Message> { keys(responsive(move |size| screen.view(look, Words, size))).into() };
            let _settled = stage.picture(view(), look);
            stage.picture(view(), look).save(&folder.join(format!("{name}-{part}.png")));
        };
        shot(&mut scene.stage, &scene.screen, "empty");
        let _action = scene.screen.update(token(30));
        scene.click("phone");
        scene.typewrite("+46 70 123 45 6");
        shot(&mut scene.stage, &scene.screen, "phone");
        scene.click("country");
        scene.focus("country-search");
        shot(&mut scene.stage, &scene.screen, "countries");
        scene.typewrite("united");
        shot(&mut scene.stage, &scene.screen, "countries-found");
        scene.press(Named::Escape);
        let _action = scene.answered(Asked::Code, Message::CodeSent(Err(Error::NotConnected)));
        let _action = scene.screen.update(Message::Qr(qr::Message::Came(Err(Error::NotConnected))));
        shot(&mut scene.stage, &scene.screen, "offline");
        let _action = scene.answered(Asked::Code, Message::CodeSent(Err(Error::PhoneUnregistered)));
        scene.press(Named::Tab);
        shot(&mut scene.stage, &scene.screen, "unregistered");
        scene.screen.half = Half::Qr;
        let _action = scene.screen.update(token(30));
        shot(&mut scene.stage, &scene.screen, "qr");
        scene.screen.half = Half::Number;
        asked_for_password(&mut scene, false);
        scene.click("password");
        scene.typewrite("secret words");
        shot(&mut scene.stage, &scene.screen, "password");
        scene.click("reveal");
        scene.click("forgot");
        shot(&mut scene.stage, &scene.screen, "forgotten");
        let _action = scene.answered(Asked::RecoveryCode, Message::RecoverySent(Ok("b***@example.org".into())));
        shot(&mut scene.stage, &scene.screen, "recovery");
        scene.screen.step = Step::Api;
        shot(&mut scene.stage, &scene.screen, "api");
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
    let _task = screen.under_way(Asked::Code, Task::none());
    let _action = screen.update(Message::CodeSent(sent));
    let scene = Scene { screen, stage: Stage::new(1280.0, 800.0), _runtime: runtime, _folder: folder };
    (scene, server, demo)
}

#[test]
fn the_code_is_typed_into_its_boxes_and_a_wrong_one_is_named() {
    let (mut scene, _server, demo) = asked_for_code();
    assert!(scene.says("Enter the code"));
    assert!(scene.says(&demo.phone), "as it was typed");
    assert!(scene.click("sign-in").is_empty(), "an unfinished code is not sent");
    scene.click("code");
    scene.typewrite(&demo.code);
    assert_eq!(scene.screen.asked(), Some(Asked::Check), "a whole code is sent by itself");
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
    let _action = scene.answered(Asked::Check, Message::CodeChecked(Err(Error::CodeExpired)));
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
        Step::Code(step) => step.sent.clone(),
        _ => panic!("not at the code"),
    };
    scene.screen.demo = Some(DemoHint { phone: account.phone, code: account.code.clone(), signed_in: true });
    assert!(matches!(scene.screen.enter_demo(), Action::Run(_)));
    assert!(matches!(scene.screen.update(Message::CodeSent(Ok(sent))), Action::Run(_)));
    assert!(matches!(&scene.screen.step, Step::Code(step) if step.code == account.code));
    assert_eq!(scene.screen.asked(), Some(Asked::DemoCheck));
}
