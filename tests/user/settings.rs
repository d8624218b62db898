//! The settings: what is chosen holds at once, and after a restart.

use crate::GROUP;
use heliograph::preferences::{File, Preferences, ThemeChoice};
use heliograph::words::{self, Language};
use heliograph_tests::{Desktop, Screen};
use iced::keyboard::{Modifiers, key::Named};

/// What was kept by now.
fn kept(desktop: &Desktop) -> Preferences {
    File::open(&desktop.data_dir()).1
}

/// The colour of the window's top right corner.
fn corner(screen: &mut Screen) -> [u8; 3] {
    let (width, _, pixels) = screen.picture();
    let at = (width as usize - 12) * 4 + width as usize * 4 * 12;
    [pixels[at], pixels[at + 1], pixels[at + 2]]
}

fn open_settings(screen: &mut Screen) {
    screen.chord(',', Modifiers::CTRL);
    screen.wait_find("settings-appearance");
}

#[test]
fn a_theme_holds_at_once_and_after_a_restart() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    crate::open_chat(&mut screen, GROUP);
    open_settings(&mut screen);
    screen.click("settings-appearance");
    screen.wait_find("theme:night");
    let day = corner(&mut screen);
    screen.click("theme:night");
    screen.wait_until("it is night", |screen| corner(screen)[0] < 60);
    assert!(day[0] > 200, "it was day before: {day:?}");
    screen.wait_until("it is kept", |_| kept(&desktop).theme == ThemeChoice::Night);
    screen.press(Named::Escape);
    screen.wait_for(GROUP);
    assert!(screen.has("composer"), "the conversation is still open");
    assert!(corner(&mut screen)[0] < 60, "not only in the settings");
    drop(screen);
    let mut screen = desktop.open();
    screen.wait_for(GROUP);
    assert!(corner(&mut screen)[0] < 60, "and after a restart");
}

#[test]
fn the_text_size_goes_by_key_and_by_slider() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    let height = |screen: &mut Screen| screen.find(GROUP).and_then(|seen| seen.visible).unwrap().height;
    let before = height(&mut screen);
    screen.chord('+', Modifiers::CTRL);
    screen.wait_until("the text is larger", |screen| height(screen) > before);
    screen.chord('0', Modifiers::CTRL);
    screen.wait_until("the text is as before", |screen| height(screen) == before);
    open_settings(&mut screen);
    screen.click("settings-appearance");
    screen.click("text-size");
    screen.wait_until("the middle of the slider is kept", |_| kept(&desktop).text == 1.4);
    screen.press(Named::Escape);
    screen.wait_for(GROUP);
    assert!(height(&mut screen) > before * 1.3);
    drop(screen);
    let mut screen = desktop.open();
    screen.wait_for(GROUP);
    assert!(height(&mut screen) > before * 1.3);
}

#[test]
fn a_language_is_spoken_at_once_and_after_a_restart() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    assert!(screen.shows("Choose a chat"));
    open_settings(&mut screen);
    screen.click("settings-language");
    screen.click("language:uk");
    screen.wait_for("Налаштування");
    screen.wait_until("it is kept", |_| kept(&desktop).language.as_deref() == Some("uk"));
    screen.click("settings-close");
    screen.wait_for("Виберіть чат");
    drop(screen);
    let mut screen = desktop.open();
    screen.wait_for("Виберіть чат");
}

#[test]
fn the_own_number_is_shown_when_it_is_asked_for_and_copied() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let number = desktop.account().phone.trim_start_matches('+').to_owned();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    open_settings(&mut screen);
    screen.click("settings-account");
    assert!(!screen.shows(&number));
    screen.click("settings-phone");
    screen.wait_for(&number);
    screen.click("settings-phone");
    screen.wait_until("it is copied", |_| desktop.copied() == [format!("+{number}")]);
}

#[test]
fn a_disk_that_does_not_go_along_is_named_and_nothing_is_lost() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    // No file can be written where a folder stands.
    let path = desktop.data_dir().join("preferences.json");
    let _there = std::fs::remove_file(&path);
    std::fs::create_dir_all(path.join("in the way")).unwrap();
    open_settings(&mut screen);
    screen.click("settings-appearance");
    screen.click("theme:night");
    screen.wait_for("Your choices could not be saved");
    assert!(corner(&mut screen)[0] < 60, "it holds all the same");
    std::fs::remove_dir_all(&path).unwrap();
    screen.click("settings-save");
    screen.wait_gone("Your choices could not be saved");
    assert_eq!(kept(&desktop).theme, ThemeChoice::Night);
}

#[test]
fn choices_that_cannot_be_read_are_put_aside_and_named() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    drop(desktop.signed_in());
    std::fs::write(desktop.data_dir().join("preferences.json"), "{ not json").unwrap();
    let mut screen = desktop.open();
    screen.wait_for(GROUP);
    open_settings(&mut screen);
    screen.wait_for("preferences.json.bak");
    assert_eq!(std::fs::read(desktop.data_dir().join("preferences.json.bak")).unwrap(), b"{ not json");
}

#[test]
fn logging_out_is_in_the_settings_too() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    open_settings(&mut screen);
    screen.click("settings-account");
    screen.click("settings-log-out");
    screen.click("settings-leave");
    screen.wait_find("phone");
    assert_eq!(desktop.scenario().calls("auth.logOut"), 1);
}

#[test]
fn pictures_are_handed_over_before_they_are_shown() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for("Astronomy Weekly");
    let row = crate::row_of(&mut screen, "Astronomy Weekly").unwrap();
    screen.click(&row);
    screen.wait_until("a picture is handed over", |_| desktop.pictures_taken() > 0);
}

#[test]
fn proxies_of_before_are_sealed_and_where_they_cannot_be_read_nothing_goes_straight() {
    let _here = words::here(Language::ENGLISH);
    let desktop = Desktop::new();
    let mut screen = desktop.signed_in();
    screen.wait_for(GROUP);
    drop(screen);
    let (file, key) = (desktop.data_dir().join("preferences.json"), desktop.data_dir().join("proxies/data.key"));
    // Nobody is there.
    let link = "tg://socks?server=127.0.0.1&port=1&user=mara&pass=hush-hush";
    std::fs::write(&file, format!(r#"{{"proxies": {{"list": ["{link}"], "chosen": 0, "on": true}}}}"#)).unwrap();
    let mut screen = desktop.open();
    screen.wait_until("it is sealed", |_| !std::fs::read_to_string(&file).unwrap().contains("hush-hush"));
    drop(screen);
    let right = std::fs::read(&key).unwrap();
    std::fs::write(&key, [1; 32]).unwrap();

    let asked = || desktop.scenario().calls("updates.getDifference");
    let before = asked();
    let mut screen = desktop.open();
    screen.wait_for(GROUP);
    open_settings(&mut screen);
    screen.click("settings-connection");
    screen.wait_for("Your proxies cannot be read, so nothing goes out now");
    // The right key is back.
    std::fs::write(&key, right).unwrap();
    screen.click("proxy-read");
    screen.wait_for("127.0.0.1:1");
    assert_eq!(asked(), before, "nothing went straight");
    // Whoever goes straight does so because he says so.
    screen.click("proxy-use");
    screen.wait_until("it goes straight", |_| asked() > before);
}
