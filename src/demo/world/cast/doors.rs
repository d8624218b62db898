//! Accounts for every way of signing in. They share a small world of their own.

use crate::world::CodeWay;

/// An account that is there for the way into it.
#[derive(Clone, Copy)]
pub(crate) struct Door {
    pub first: &'static str,
    pub last: &'static str,
    pub username: &'static str,
    /// Digits.
    pub phone: &'static str,
    pub way: CodeWay,
    /// Where codes are sent to.
    pub login_email: Option<&'static str>,
    pub code: &'static str,
    pub password: Option<&'static str>,
    /// For when the password is forgotten.
    pub recovery_email: Option<&'static str>,
    /// The datacenter that has the account.
    pub dc: i32,
}

const PLAIN: Door = Door {
    first: "",
    last: "",
    username: "",
    phone: "",
    way: CodeWay::App,
    login_email: None,
    code: crate::world::CODE,
    password: None,
    recovery_email: None,
    dc: 2,
};

/// Numbers under which somebody comes to a door.
pub(crate) const DOORS: &[Door] = &[
    Door { first: "Sven", last: "Mast", username: "sven_mast", phone: "15550100111", way: CodeWay::Sms, ..PLAIN },
    Door { first: "Carla", last: "Bell", username: "carla_bell", phone: "15550100112", way: CodeWay::Call, ..PLAIN },
    Door {
        first: "Flora",
        last: "Flint",
        username: "flora_flint",
        phone: "15550100113",
        way: CodeWay::FlashCall,
        ..PLAIN
    },
    Door {
        first: "Mischa",
        last: "Ring",
        username: "mischa_ring",
        phone: "15550100114",
        way: CodeWay::MissedCall,
        ..PLAIN
    },
    Door {
        first: "Emil",
        last: "Post",
        username: "emil_post",
        phone: "15550100115",
        way: CodeWay::Email,
        login_email: Some("emil@post.example"),
        ..PLAIN
    },
    Door {
        first: "Selma",
        last: "Post",
        username: "selma_post",
        phone: "15550100116",
        way: CodeWay::EmailSetUp,
        ..PLAIN
    },
    Door {
        first: "Fritz",
        last: "Scherbe",
        username: "fritz_scherbe",
        phone: "88800101170",
        way: CodeWay::Fragment,
        ..PLAIN
    },
    Door {
        first: "Wanda",
        last: "Wort",
        username: "wanda_wort",
        phone: "15550100118",
        way: CodeWay::Word,
        code: "lantern",
        ..PLAIN
    },
    Door {
        first: "Pia",
        last: "Satz",
        username: "pia_satz",
        phone: "15550100119",
        way: CodeWay::Phrase,
        code: "the north lens is in place",
        ..PLAIN
    },
    Door {
        first: "Rike",
        last: "Riegel",
        username: "rike_riegel",
        phone: "15550100120",
        password: Some("harbour-light"),
        recovery_email: Some("rike@riegel.example"),
        ..PLAIN
    },
    Door { first: "Vera", last: "Fern", username: "vera_fern", phone: "15550100121", dc: 4, ..PLAIN },
    Door {
        first: "Viktor",
        last: "Fern",
        username: "viktor_fern",
        phone: "15550100122",
        password: Some("far-shore"),
        dc: 4,
        ..PLAIN
    },
];

/// Numbers that get no code, and what is said instead.
pub(crate) const BARRED: &[(&str, i32, &str)] = &[
    ("15550100190", 400, "PHONE_NUMBER_BANNED"),
    ("15550100191", 400, "PHONE_NUMBER_FLOOD"),
    ("15550100192", 406, "PHONE_PASSWORD_FLOOD"),
];
