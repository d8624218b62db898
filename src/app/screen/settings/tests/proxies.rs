//! Proxies as the person keeps them.

use super::super::proxies::{Field, Message as Proxies, Speaks};
use super::*;
use heliograph_telegram::{Proxy, ProxyTrouble};
use std::time::Duration;

const LINK: &str = "tg://proxy?server=proxy.example.org&port=443&secret=dd00112233445566778899aabbccddeeff";

fn socks(port: u16) -> Proxy {
    format!("tg://socks?server=10.0.0.1&port={port}&user=mara&pass=hush-hush").parse().unwrap()
}

fn open(width: f32) -> Scene {
    let mut scene = Scene::new(width, 1600.0);
    scene.click("settings-connection");
    scene
}

fn typed(scene: &mut Scene, field: Field, what: &str) {
    scene.update(vec![Message::Proxy(Proxies::Typed(field, what.to_owned()))]);
}

#[test]
fn a_link_fills_the_form_and_what_does_not_work_is_kept_only_when_asked_to() {
    let mut scene = open(1280.0);
    assert!(scene.says(&fl!(Words, "proxy-none")));
    scene.click("proxy-add");
    typed(&mut scene, Field::Link, "tg://proxy?server=x");
    assert!(scene.says(&fl!(Words, "proxy-link-wrong")));
    typed(&mut scene, Field::Link, LINK);
    assert!(!scene.says(&fl!(Words, "proxy-link-wrong")));
    assert!(scene.says("proxy.example.org"));
    assert!(!scene.has("proxy-save-anyway"));
    scene.draw("proxy-form");
    // Nobody to try it with in this scene: as if no server answered.
    scene.click("proxy-save");
    assert!(scene.preferences.proxies.list.is_empty(), "it did not work");
    assert!(scene.says(&fl!(Words, "proxy-no-server")));
    scene.draw("proxy-failed");
    scene.click("proxy-save-anyway");
    assert_eq!(scene.preferences.proxies.list, [LINK.parse().unwrap()]);
    assert_eq!(scene.preferences.proxies.current(), Some(0));
    assert!(scene.has("proxy-remove:0") && !scene.has("proxy-save"));
    scene.draw("proxy-one");
}

#[test]
fn what_is_missing_is_said_at_its_field() {
    let mut scene = open(1280.0);
    scene.click("proxy-add");
    scene.click("proxy-save");
    for wrong in ["proxy-server-wrong", "proxy-port-wrong", "proxy-secret-wrong"] {
        assert!(scene.says(&Words.get(wrong)), "{wrong}");
    }
    scene.click("proxy-socks");
    typed(&mut scene, Field::Host, " 10.0.0.1 ");
    typed(&mut scene, Field::Port, "70000");
    scene.click("proxy-save");
    assert!(scene.says(&fl!(Words, "proxy-port-wrong")) && !scene.says(&fl!(Words, "proxy-server-wrong")));
    typed(&mut scene, Field::Port, "1080");
    typed(&mut scene, Field::User, "mara");
    typed(&mut scene, Field::Password, "hush-hush");
    assert!(!scene.says("hush-hush"), "the password is not on the screen");
    scene.update(vec![Message::Proxy(Proxies::SavedAnyway)]);
    assert_eq!(scene.preferences.proxies.list, [socks(1080)]);
}

#[test]
fn a_form_that_was_changed_meanwhile_is_not_kept_for_an_old_answer() {
    let mut scene = open(1280.0);
    scene.click("proxy-add");
    typed(&mut scene, Field::Link, LINK);
    scene.update(vec![Message::Proxy(Proxies::NewTried(1, Ok(Duration::from_millis(84))))]);
    assert!(scene.preferences.proxies.list.is_empty(), "nothing was asked");
    scene.click("proxy-cancel");
    scene.update(vec![Message::Proxy(Proxies::NewTried(0, Ok(Duration::from_millis(84))))]);
    scene.update(vec![Message::Proxy(Proxies::SavedAnyway)]);
    assert!(scene.preferences.proxies.list.is_empty());
}

#[test]
fn several_are_kept_in_order_and_one_is_used() {
    let mut scene = open(1280.0);
    for port in [1, 2, 3] {
        assert!(scene.preferences.proxies.take(socks(port)));
    }
    assert!(!scene.has("proxy-take:2") && scene.has("proxy-take:0"));
    let tried = |port, result| Message::Proxy(Proxies::Tried(Box::new(socks(port)), result));
    scene.update(vec![tried(1, Ok(Duration::from_millis(84))), tried(2, Err(ProxyTrouble::Refused))]);
    assert!(scene.says(&words::number::beside("SOCKS5".into(), fl!(Words, "proxy-works", time = "84"))));
    assert!(scene.says(&words::number::beside("SOCKS5".into(), fl!(Words, "proxy-refused"))));
    scene.click("proxy-take:0");
    assert_eq!(scene.preferences.proxies.current(), Some(0));
    scene.click("proxy-up:2");
    assert_eq!(scene.preferences.proxies.list, [socks(1), socks(3), socks(2)]);
    scene.click("proxy-switch");
    assert!(scene.preferences.proxies.switching);
    scene.draw("proxies");
    let copied = scene.click("proxy-copy:1");
    assert!(matches!(&copied[..], [Action::Copy(link)] if *link == socks(3).link()));
    scene.click("proxy-remove:2");
    scene.click("proxy-use");
    assert_eq!((scene.preferences.proxies.list.len(), scene.preferences.proxies.current()), (2, None));
    scene.click("proxy-use");
    assert_eq!(scene.preferences.proxies.current(), Some(0));
    scene.click("proxy-remove:0");
    assert_eq!(scene.preferences.proxies.current(), None, "nobody goes by another one unasked");
}

#[test]
fn a_link_from_outside_asks_first_and_escape_says_no() {
    let mut scene = Scene::new(400.0, 900.0);
    scene.screen = Settings::new(None).asking(&LINK.parse().unwrap());
    assert!(scene.says(&fl!(Words, "proxy-asked")));
    scene.draw("proxy-asked");
    assert!(scene.preferences.proxies.list.is_empty());
    assert!(matches!(scene.press(key::Named::Escape)[..], [Action::None]));
    assert!(!scene.says(&fl!(Words, "proxy-asked")));
    assert!(scene.preferences.proxies.is_usual());
}

#[test]
fn without_any_the_switch_leads_to_the_form() {
    let mut scene = open(1280.0);
    scene.click("proxy-use");
    assert!(scene.has("proxy-save"));
    scene.update(vec![Message::Proxy(Proxies::SpeaksChosen(Speaks::Http))]);
    assert!(scene.has("proxy-user") && !scene.has("proxy-secret"));
    // Another page, and the form is gone.
    scene.click("settings-about");
    scene.click("settings-connection");
    assert!(!scene.has("proxy-save"));
}

#[test]
fn what_is_typed_there_is_in_no_log() {
    let message = Message::Proxy(Proxies::Typed(Field::Password, "hush-hush".into()));
    assert!(!format!("{message:?}").contains("hush-hush"));
    assert!(!format!("{:?}", Message::Proxy(Proxies::Tried(Box::new(socks(1)), Ok(Duration::ZERO)))).contains("10.0"));
}

#[test]
fn those_that_cannot_be_read_say_so_and_are_not_lost() {
    use crate::preferences::Lock;
    use heliograph_store::KeyError;
    for (width, error) in [(1280.0, KeyError::Locked), (400.0, KeyError::Missing), (400.0, KeyError::Corrupt)] {
        let mut scene = open(1280.0);
        (scene.preferences.proxies.on, scene.preferences.proxies.lock) = (true, Lock::Reading);
        assert!(scene.says(&fl!(Words, "proxy-reading")) && !scene.has("proxy-add"));
        scene.preferences.proxies.lock = Lock::Closed(error.clone());
        let why = match error {
            // It is not an account's folder that is to be brought back.
            KeyError::Corrupt => fl!(Words, "proxy-damaged"),
            _ => words::key_error(&error),
        };
        assert!(scene.says(&fl!(Words, "proxy-closed")) && scene.says(&why));
        scene.size.width = width;
        scene.draw("proxies-closed");
        assert!(matches!(scene.click("proxy-read")[..], [Action::ReadProxies]));
        assert!(matches!(scene.click("proxy-anew")[..], [Action::NewProxies]));
        // A new one would take the place of those.
        scene.screen = Settings::new(None).asking(&LINK.parse().unwrap());
        scene.update(vec![Message::Proxy(Proxies::SavedAnyway)]);
        assert!(scene.preferences.proxies.list.is_empty() && scene.says(&fl!(Words, "proxy-closed")));
        // Whoever wants to can go straight.
        scene.click("proxy-use");
        assert!(!scene.preferences.proxies.waits() && scene.says(&fl!(Words, "proxy-closed-off")));
        scene.click("proxy-use");
        assert!(scene.preferences.proxies.waits() && !scene.has("proxy-save"));
    }
}
