//! Messages that are made up: words by Zipf's law, in four scripts, in 500 chats of very different size.

use heliograph_model::{FormattedText, Message, MessageId, PeerId};

const CHATS: usize = 500;
const WORDS: usize = 120_000;

pub struct Corpus {
    state: u64,
    scripts: Vec<Vec<String>>,
    zipf: Vec<f64>,
    weights: Vec<f64>,
    channel_ids: Vec<i32>,
    common_id: i32,
    made: usize,
    planned: usize,
    raw: usize,
}

impl Corpus {
    pub fn new(planned: usize) -> Self {
        let mut corpus = Self {
            state: 0x2545_f491_4f6c_dd1d,
            scripts: Vec::new(),
            zipf: sums(WORDS, 1.05),
            weights: sums(CHATS, 0.9),
            channel_ids: vec![0; CHATS],
            common_id: 0,
            made: 0,
            planned,
            raw: 0,
        };
        let alphabets: [(&str, &str); 3] =
            [("bcdfghklmnprstvwz", "aeiou"), ("бвгджзклмнпрст", "аеиоуя"), ("بتثجحدرسشعفقلمن", "اوي")];
        for (consonants, vowels) in alphabets {
            let (consonants, vowels): (Vec<char>, Vec<char>) = (consonants.chars().collect(), vowels.chars().collect());
            let words = (0..WORDS)
                .map(|rank| {
                    // Rare words are longer.
                    let syllables = 1 + usize::from(rank > 30) + usize::from(rank > 900) + corpus.random(2) as usize;
                    let mut word = String::new();
                    for _ in 0..syllables {
                        word.push(consonants[corpus.random(consonants.len() as u64) as usize]);
                        word.push(vowels[corpus.random(vowels.len() as u64) as usize]);
                        if corpus.random(3) == 0 {
                            word.push(consonants[corpus.random(consonants.len() as u64) as usize]);
                        }
                    }
                    word
                })
                .collect();
            corpus.scripts.push(words);
        }
        corpus
    }

    pub fn random(&mut self, below: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 20) % below.max(1)
    }

    fn pick(&mut self, sums: &[f64]) -> usize {
        let total = sums[sums.len() - 1];
        let at = self.random(1 << 40) as f64 / (1_u64 << 40) as f64 * total;
        sums.partition_point(|sum| *sum < at).min(sums.len() - 1)
    }

    pub fn chats(&self) -> Vec<PeerId> {
        (0..CHATS).map(super::chat_of).collect()
    }

    pub fn raw_bytes(&self) -> usize {
        self.raw
    }

    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            let _ = self.next_message();
        }
    }

    pub fn next_message(&mut self) -> Message {
        let weights = std::mem::take(&mut self.weights);
        let number = self.pick(&weights);
        self.weights = weights;
        let chat = super::chat_of(number);
        let id = if matches!(chat, PeerId::Channel(_)) {
            self.channel_ids[number] += 1;
            self.channel_ids[number]
        } else {
            self.common_id += 1;
            self.common_id
        };
        let text = self.text(number);
        self.raw += text.len();
        self.made += 1;
        let outgoing = self.random(4) == 0;
        let sender = if outgoing { 1 } else { 100 + self.random(40) as i64 + number as i64 * 40 };
        Message {
            id: MessageId::Server(id),
            chat,
            sender: PeerId::User(sender),
            outgoing,
            date: 1_600_000_000 + self.made as i64 * 95 + self.random(60) as i64,
            text: FormattedText::plain(text),
            ..Message::default()
        }
    }

    fn text(&mut self, chat: usize) -> String {
        let mut words: Vec<String> = Vec::new();
        let length = 1 + self.random(8) + self.random(8);
        let zipf = std::mem::take(&mut self.zipf);
        for _ in 0..length {
            // Most chats are in Latin script, some in others; one in eight is Chinese.
            match chat % 8 {
                7 => words.push(self.chinese(&zipf)),
                script => {
                    let rank = self.pick(&zipf);
                    let script = match script {
                        5 => 1,
                        6 => 2,
                        _ => 0,
                    };
                    words.push(self.scripts[script][rank].clone());
                }
            }
        }
        self.zipf = zipf;
        // Words of which it is known how often they are there.
        let share = self.planned.max(1);
        if self.made == share / 3 {
            words.push("onlyonce".into());
        }
        if self.random(share as u64) < 1000 {
            words.push("athousand".into());
        }
        if self.random(10) < 3 {
            words.push("everywhere".into());
        }
        if self.random(share as u64) < 1500 {
            words.push("北京".into());
        }
        words.join(if chat % 8 == 7 { "" } else { " " })
    }

    fn chinese(&mut self, zipf: &[f64]) -> String {
        let characters = 1 + self.random(2);
        (0..characters).filter_map(|_| char::from_u32(0x4e00 + (self.pick(zipf) % 6000) as u32)).collect()
    }

    /// Words for names, the common ones first.
    pub fn names(&self) -> &[String] {
        self.scripts.first().and_then(|words| words.get(..2000)).unwrap_or_default()
    }

    pub fn queries(&self) -> Vec<(&'static str, String)> {
        let latin = &self.scripts[0];
        let frequent = latin[3].clone();
        vec![
            ("a word in 1 message", "onlyonce".into()),
            ("a word in 1,000 messages", "athousand".into()),
            ("a word in 300,000 messages", "everywhere".into()),
            ("two words, both frequent", format!("everywhere {frequent}")),
            ("two words, one rare", "everywhere athousand".into()),
            ("two words that never meet", "onlyonce athousand".into()),
            ("a prefix of 2 letters", "mo".into()),
            ("a prefix of 3 letters", "mor".into()),
            ("a prefix of 4 letters", latin[500].chars().take(4).collect()),
            ("a Chinese word of 2 characters", "北京".into()),
            ("3 letters inside words", "ver".into()),
            ("5 letters inside words", "rywhe".into()),
            ("a word that is not there", "qqqqqqqq".into()),
        ]
    }
}

/// Running sums of 1 / rank^exponent.
fn sums(count: usize, exponent: f64) -> Vec<f64> {
    let mut sum = 0.0;
    (1..=count)
        .map(|rank| {
            sum += (rank as f64).powf(-exponent);
            sum
        })
        .collect()
}
