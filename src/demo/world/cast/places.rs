//! Groups and channels.

/// A group or supergroup that the main account is in.
pub(crate) struct GroupCast {
    pub title: &'static str,
    pub about: &'static str,
    pub username: &'static str,
    /// A supergroup, which numbers its own messages.
    pub large: bool,
    pub size: i32,
    /// Which tongue is spoken there.
    pub tongue: usize,
    pub letters: usize,
    pub muted: bool,
}

/// A broadcast channel that the main account follows.
pub(crate) struct ChannelCast {
    pub title: &'static str,
    pub about: &'static str,
    pub username: &'static str,
    pub verified: bool,
    pub size: i32,
    pub muted: bool,
    /// Every so many posts one has a picture; 0 for none.
    pub pictures: usize,
    pub lines: &'static [&'static str],
}

const fn group(
    title: &'static str,
    about: &'static str,
    large: bool,
    tongue: usize,
    letters: usize,
    muted: bool,
) -> GroupCast {
    GroupCast { title, about, username: "", large, size: 0, tongue, letters, muted }
}

/// Groups that have no page of their own in `seed`.
pub(crate) const GROUPS: &[GroupCast] = &[
    group("Family", "Us.", false, 0, 120, false),
    group("Night Shift", "Who is awake?", false, 0, 80, false),
    GroupCast {
        title: "Rust Reading Group",
        about: "One chapter a week. Ferris may attend.",
        username: "rust_reading",
        large: true,
        size: 318,
        tongue: 0,
        letters: 400,
        muted: true,
    },
    group("Путешествия 2026", "Куда поедем?", false, 1, 60, false),
    group("市民天文台", "Observing nights and clouds.", true, 3, 90, true),
    group("Allotment 14", "Beans, slugs, rota for the key.", false, 0, 70, false),
    group("Choir, second altos", "Page numbers only.", true, 0, 110, true),
    group("Sunday football ⚽", "Ten o'clock, bring both shirts.", false, 0, 90, false),
    group("مطبخ الجيران", "وصفات", false, 2, 40, false),
    group("Book swap", "Take one, leave one.", true, 0, 60, false),
    group("Wanderfreunde", "Jeden zweiten Samstag.", false, 7, 50, false),
    group("Harbour bell ringers", "Handbells, Tuesdays.", true, 0, 45, true),
];

/// Channels.
pub(crate) const CHANNELS: &[ChannelCast] = &[
    ChannelCast {
        title: "Astronomy Weekly",
        about: "The sky, seven days at a time.",
        username: "astronomy_weekly_demo",
        verified: true,
        size: 84_211,
        muted: true,
        pictures: 3,
        lines: &[
            "**This week**: Saturn stands high after midnight, rings tilted kindly towards us.",
            "A reminder that you need no telescope: a blanket, a dark hill and twenty minutes for your eyes.",
            "The Orionids peak on Wednesday. Expect about twenty an hour, more if you are patient.",
            "Reader's sketch: the Moon at six days, pencil on hotel paper.",
            "Why do stars twinkle and planets do not? [A short answer](https://sky.example/twinkle)",
            "Cloud forecast for observers: __wait until Thursday__.",
            "Comet notes: magnitude 6.1, tail two degrees, best before dawn. #comet",
            "How to read a star chart upside down, which is how you will hold it anyway.",
        ],
    },
    ChannelCast {
        title: "Release notes",
        about: "What changed, and why.",
        username: "release_notes_demo",
        verified: false,
        size: 1_204,
        muted: false,
        pictures: 0,
        lines: &[
            "**v2.3** is out: scrolling keeps its place, `--verbose` tells more, two crashes fewer.",
            "**v2.2**: images load before you see them.\n```toml\n[cache]\nlimit = \"512 MB\"\n```",
            "**v2.1**: we removed a setting nobody had found.",
            "**v2.0**: everything is new and nothing moved.",
            "**v1.9**: the search understands accents now.",
            "**v1.8**: starts in half the time, we measured twice.",
        ],
    },
    ChannelCast {
        title: "Tide tables",
        about: "High and low water, twice a day.",
        username: "tide_tables_demo",
        verified: false,
        size: 640,
        muted: true,
        pictures: 0,
        lines: &[
            "High 04:12 (4.1 m), low 10:31 (0.9 m)",
            "High 05:02 (4.3 m), low 11:20 (0.7 m)",
            "High 05:48 (4.4 m), low 12:04 (0.6 m)",
            "High 06:31 (4.4 m), low 12:47 (0.6 m). **Spring tide.**",
        ],
    },
    ChannelCast {
        title: "Погода у моря",
        about: "Коротко и по делу.",
        username: "pogoda_more_demo",
        verified: false,
        size: 3_310,
        muted: false,
        pictures: 4,
        lines: &[
            "Утром туман, к обеду солнце. Ветер слабый, вода +14.",
            "Штормовое предупреждение до пятницы. **Не выходите на мол.**",
            "Тихий день. Горизонт чистый, видно дальний маяк.",
            "Дождь, потом радуга, потом опять дождь.",
        ],
    },
    ChannelCast {
        title: "One photo a day",
        about: "No words, as a rule.",
        username: "one_photo_demo",
        verified: false,
        size: 12_070,
        muted: false,
        pictures: 1,
        lines: &["", "", "Dawn.", "", "Low water.", "", "North."],
    },
    ChannelCast {
        title: "City cycling",
        about: "Lanes, bridges, punctures.",
        username: "city_cycling_demo",
        verified: false,
        size: 2_044,
        muted: true,
        pictures: 5,
        lines: &[
            "The river path is open again between the mill and the old bridge.",
            "Free brake check on Saturday, nine to one, by the fountain.",
            "Lights on, everyone: sunset is before five now.",
            "New stands at the library, forty of them. Thank you for writing so many letters.",
        ],
    },
    ChannelCast {
        title: "월간 등대",
        about: "등대와 바다 이야기",
        username: "monthly_lighthouse_demo",
        verified: false,
        size: 905,
        muted: false,
        pictures: 2,
        lines: &[
            "이번 달의 등대: 북쪽 곶의 작은 흰 등대.",
            "독자 사진을 기다립니다. 해 뜨는 시간이면 더 좋아요.",
            "등대지기의 하루를 따라가 보았습니다.",
        ],
    },
];
