//! Names and words. All of it is made up for this world.

mod doors;
mod places;
mod talk;
mod tongues;

pub(crate) use doors::{BARRED, DOORS};
pub(crate) use places::{CHANNELS, GROUPS};
pub(crate) use talk::{ANSWERS, FALLBACK_ANSWERS, LONG_WORDS, MUSINGS, NOTES, PAIRS, PLAIN_LINES};
pub(crate) use tongues::TONGUES;

/// First name, last name, username, about, password of those who can sign in; the first is the main one.
pub(crate) const ACCOUNTS: &[(&str, &str, &str, &str, Option<&str>)] = &[
    ("Robin", "Vale", "robin_vale", "Third lamp on the left.", None),
    ("Mara", "Lindqvist", "mara_lindqvist", "Lenses, mostly large ones.", None),
    ("Theo", "", "theo_lamp", "Awake when you are not.", None),
    ("Ilse", "Brandt", "ilse_brandt", "Reads on night trains.", Some("lantern-oil")),
    ("Noor", "Haddad", "noor_haddad", "Maps, tea, long walks.", None),
    ("Dr. Okafor", "", "dr_okafor", "Back on Monday.", None),
];

/// One person with whom the main account talks.
pub(crate) struct PersonCast {
    pub first: &'static str,
    pub last: &'static str,
    pub username: &'static str,
    pub about: &'static str,
    /// Which of the tongues he writes in.
    pub tongue: usize,
    pub photo: bool,
}

const fn person(
    first: &'static str,
    last: &'static str,
    username: &'static str,
    about: &'static str,
    tongue: usize,
    photo: bool,
) -> PersonCast {
    PersonCast { first, last, username, about, tongue, photo }
}

/// The tongues, as places in the table.
pub(crate) const ENGLISH: usize = 0;
const RUSSIAN: usize = 1;
const ARABIC: usize = 2;
const JAPANESE: usize = 3;
const CHINESE: usize = 4;
const KOREAN: usize = 5;
const GREEK: usize = 6;
const GERMAN: usize = 7;
const SPANISH: usize = 8;
const HEBREW: usize = 9;
const HINDI: usize = 10;
const EMOJI: usize = 11;
const UKRAINIAN: usize = 12;
const POLISH: usize = 13;

/// People without an account of their own.
pub(crate) const PEOPLE: &[PersonCast] = &[
    person("Petra", "Novák", "petra_novak", "Bicycles, and how to mend them.", ENGLISH, true),
    person("Анна", "Ветрова", "anna_vetrova", "Пишу о море.", RUSSIAN, true),
    person("佐藤", "葵", "aoi_sato", "灯台めぐりが好きです", JAPANESE, true),
    person("Aoife", "Byrne", "aoife_byrne", "Fiddle, tides, toast.", ENGLISH, true),
    person("ليلى", "منصور", "layla_mansour", "قهوة وكتب", ARABIC, true),
    person("Lukas", "Steinbach", "lukas_steinbach", "Orgelbauer", GERMAN, true),
    person("林美玲", "", "lin_meiling", "看星星的人", CHINESE, true),
    person("Chiara", "Bellini", "chiara_bellini", "Paper boats at any scale.", ENGLISH, true),
    person("김서연", "", "seoyeon_kim", "천천히 걷기", KOREAN, true),
    person("Kit", "🪁", "kit_flies", "☁️🪁☁️", EMOJI, true),
    person("Ελένη", "Παππά", "eleni_pappa", "Θάλασσα και ψωμί", GREEK, true),
    person("Marisol", "Quiroga", "marisol_q", "Jardines en azoteas.", SPANISH, true),
    person("נועה", "לוי", "noa_levi", "מפות ישנות", HEBREW, true),
    person("Emre", "Yıldız", "emre_yildiz", "Knots I can tie: eleven.", ENGLISH, true),
    person("आरव", "मेहता", "aarav_mehta", "चाय और तारे", HINDI, true),
    person("Олена", "Ковальчук", "olena_k", "Ліс, кава, котики", UKRAINIAN, true),
    person("Łukasz", "Wrona", "lukasz_wrona", "Zegary i zegarki.", POLISH, true),
    person("Hannah", "Moreau", "hannah_moreau", "Sound recordist. Shh.", ENGLISH, false),
    person("João", "Siqueira", "joao_siqueira", "Boats that mostly float.", ENGLISH, true),
    person("Sigrún", "Jónsdóttir", "sigrun_j", "Weather enthusiast by necessity.", ENGLISH, true),
    person("Михаил", "Зорин", "m_zorin", "Радио и паяльник.", RUSSIAN, false),
    person("Wen", "Albright", "wen_albright", "Second cello.", ENGLISH, true),
    person("Tomasz", "Gil", "tomasz_gil", "Chleb na zakwasie.", POLISH, true),
    person("يوسف", "العلي", "yusuf_alali", "أحب الصباح الباكر", ARABIC, true),
    person("Bo", "Trần", "bo_tran", "Small kitchens, big soups.", ENGLISH, true),
    person("Greta", "Sommerfeld", "greta_sommerfeld", "Vögel zählen.", GERMAN, true),
    person("Imani", "Oduya", "imani_oduya", "Runs before breakfast, regrets it after.", ENGLISH, true),
    person("Old", "Fen", "", "", ENGLISH, false),
    person("Delphine", "Arnaud", "delphine_arnaud", "Bookbinder.", ENGLISH, true),
    person("Ruben", "Castellanos", "ruben_c", "Trenes y tormentas.", SPANISH, true),
];

/// Names for the world that measures.
pub(crate) const FIRST_NAMES: &[&str] = &[
    "Ada", "Bram", "Cleo", "Dov", "Edith", "Farid", "Gwen", "Hugo", "Iris", "Jonas", "Kaja", "Leif", "Mina", "Nils",
    "Oona", "Pavel", "Quinn", "Rosa", "Stellan", "Tove", "Ugo", "Vera", "Wim", "Xenia", "Yara", "Zeno",
];

/// The same.
pub(crate) const LAST_NAMES: &[&str] = &[
    "Arden", "Birk", "Castell", "Dahl", "Eide", "Falk", "Grove", "Holm", "Ivers", "Jansen", "Kern", "Lund", "Moss",
    "Noble", "Orlov", "Pike", "Quist", "Rook", "Stone", "Thorn", "Ulrich", "Voss", "West", "Yates", "Zeller",
];
