//! What people say in English.

/// Somebody says the first, the other the second.
pub(crate) const PAIRS: &[(&str, &str)] = &[
    ("Did the parcel come?", "Yes, a bit dented but whole."),
    ("Are you free on Thursday evening?", "After seven, yes. Your place or mine?"),
    ("I left my scarf at yours, I think.", "It is hanging by the door, the blue one?"),
    ("How was the exam?", "Long. But I knew **most** of it."),
    ("Do you still have that ladder?", "I do. Come by whenever, it is in the shed."),
    ("What was the name of that soup place?", "__Three Spoons__, next to the tram depot."),
    ("Train is twelve minutes late.", "Then I will order you a tea."),
    ("Can you send me the address again?", "Quay street 14, second bell, the stairs creak."),
    ("I finished the book you lent me.", "And? The ending, was I right?"),
    ("Happy birthday! 🎂", "Thank you! There is cake left if you hurry."),
    ("Do we need milk?", "Milk, and the small onions."),
    ("The router blinks orange.", "Off, count to twenty, on. Works every time."),
    ("Look at the moon tonight.", "Just did. Thank you for telling me."),
    ("Is the meeting moved?", "Yes, to half past three, room with the bad chair."),
    ("I have two tickets for Saturday.", "Count me in, what do I owe you?"),
    ("Could you water the tomatoes?", "Done this morning, they look happy."),
    ("My phone says rain until six.", "The window says otherwise 🙂"),
    ("Which key opens the cellar?", "The one with the green tape. Push a little."),
    ("Thank you for yesterday.", "Any time. It was good to see you laugh."),
    ("Where did you put the tape measure?", "Left drawer, under the maps."),
    ("The cat is on the roof again.", "She will come down when it is dinner."),
    ("Should I bring the speaker?", "Please do, and the long cable."),
    ("I booked the cabin for May.", "Brilliant. I am already packing in my head."),
    ("Any luck with the interview?", "They call back on Monday, fingers crossed."),
    ("Can I borrow your drill?", "Sure, bring it back with all ten fingers."),
    ("What time is low tide?", "17:42, so we should leave at four."),
    ("Did you see the heron?", "Three of them! By the lock."),
    ("I am at the wrong platform.", "Stay there, I will come to you."),
    ("Soup or stew?", "Stew. It is that kind of day."),
    ("How do you spell your street?", "With two **e**s and patience."),
    ("The printer ate page nine.", "It always starts with nine."),
    ("New glasses?", "Same glasses, new face."),
    ("Are we still on for the swim?", "Yes. Cold, but yes."),
    ("Please check the oven.", "It was off. It is always off."),
    ("Send me your list?", "Flour, salt, candles, courage."),
];

/// Somebody says it by himself.
pub(crate) const MUSINGS: &[&str] = &[
    "Walked home along the water, took twice as long and was worth it.",
    "If anybody needs jam: I have made far too much.",
    "Found this song again after years: https://music.example/t/9321",
    "The swifts are back. Summer can start.",
    "Reminder to myself and everyone: the clocks change on Sunday.",
    "I fixed the lamp! It only took the wrong screwdriver and an hour.",
    "Note that `cargo test` passes now, I have no idea why it did not before.",
    "Today I learned that gulls recognise faces. Be polite.",
    "Slow morning, **good** coffee.",
    "The market has the small apples again.",
    "Read this on the train, very fine: [On keeping a light](https://essays.example/on-keeping-a-light)",
    "Somebody drew a compass on the pavement and it points north, I checked.",
    "I will be offline until Sunday, call if the house burns.",
    "Rain on the roof, book on the knee.",
    "Three loaves came out well, one did not, we shall not speak of it.",
    "The bridge is closed, go round by the mill.",
    "The talk is on ~~Tuesday~~ **Wednesday**, same room.",
];

/// What one writes to oneself.
pub(crate) const NOTES: &[&str] = &[
    "Locker 214, the code is the year backwards",
    "Measure the window: 84 × 132",
    "**Gifts**\nMara: field notebook\nTheo: the good socks\nIlse: lamp glass",
    "`ssh keeper@gallery.example -p 2022`",
    "Train 18:04, change at the junction, seat 41",
    "Ask Noor for the tide map",
    "https://essays.example/on-keeping-a-light",
    "Paint for the rail: sea green, not pond green",
    "Idea: a heliograph made of two shaving mirrors",
    "Dentist, Tuesday 8:30 😬",
];

/// Long, for bubbles that wrap.
pub(crate) const LONG_WORDS: &[&str] = &[
    "I have been thinking about what you said, and I believe the simplest thing would be to meet in the middle: you keep \
     the Tuesday slot, I take over the Fridays until the end of the month, and then we look again. If anything changes \
     on your side just write, no need to explain, I know how weeks can be.",
    "So here is the whole story. First the ferry did not sail because of the swell, then the bus was a taxi, then the \
     taxi was a tractor, and in the end we walked the last four miles with the cake in a backpack. The cake was fine. \
     We were less fine. Nobody regrets anything.",
    "Notes from tonight, in short: the pump is older than all of us, the manual is for another pump, and yet it runs. \
     Please do not tighten the upper valve. If it hisses, that is its way of being content. If it stops hissing, call me.",
];

/// Sensible answers to what somebody signed in writes: a word in it, then what the other says.
pub(crate) const ANSWERS: &[(&str, &[&str])] = &[
    ("?", &["Good question. Let me think and write you tonight.", "I think so, yes.", "Not sure, shall I ask around?"]),
    ("hello", &["Hello! Good to hear from you.", "Hi! How are things?"]),
    ("hi", &["Hi! How are you?", "Hey, I was just thinking of you."]),
    ("thank", &["Any time.", "You are very welcome.", "Glad it helped."]),
    ("good night", &["Sleep well 🌙", "Good night!"]),
    ("morning", &["Good morning! Coffee is on.", "Morning! Did you see the sunrise?"]),
    ("sorry", &["No harm done.", "It is fine, really."]),
    ("tomorrow", &["Tomorrow works.", "Tomorrow is good, after ten if you can."]),
    ("photo", &["Lovely. Send me the large one?", "That light!"]),
    ("привет", &["Привет! Как ты?", "Рад тебя слышать."]),
    ("спасибо", &["Всегда пожалуйста.", "Не за что!"]),
];

/// Answers to anything else.
pub(crate) const FALLBACK_ANSWERS: &[&str] = &[
    "Understood.",
    "Ha, exactly what I thought.",
    "Good to know, thank you.",
    "I will be there.",
    "Noted. More later, I am on the stairs.",
    "That is very clear, thank you.",
    "Tell me more when you have a minute?",
    "👍",
    "Let us do that.",
];

/// For the world that measures: nothing but words.
pub(crate) const PLAIN_LINES: &[&str] = &[
    "All quiet.",
    "The delivery is at the gate.",
    "I will look at it this afternoon and write again.",
    "Yes, that is the right one.",
    "Can you check the second shelf?",
    "We have four left and need nine, so five more by the end of the week would do.",
    "Agreed.",
    "The door sticks in wet weather, pull and then turn.",
    "Half past two, downstairs.",
    "Nothing to report from here; the night was calm and the morning is bright.",
    "Please leave the list on the table.",
    "It is done, with one small change that I will explain when we meet.",
    "Seven boxes, all labelled.",
    "Not today, perhaps tomorrow.",
    "The old number still works.",
    "Thank you, received.",
];
