//! Colours of code.
//!
//! Told by `synoptic`, which costs a few milliseconds for a message and half a megabyte for a language, on a thread of
//! its own that ends when there is nothing left to do. (`syntect` knows languages better, but held 10 to 50 MB for each
//! and took up to a second and a half for the first lines.)

use crate::theme::Palette;
use iced::Color;
use std::collections::VecDeque;
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word of the language.
    Keyword,
    /// Quoted text.
    Text,
    /// A remark.
    Comment,
    /// A number, a truth value.
    Value,
    /// Something that is called.
    Function,
    /// A type.
    Type,
    /// An attribute, a macro, a tag.
    Attribute,
    /// A line that was taken away.
    Deletion,
    /// A line that was added.
    Insertion,
}

impl Token {
    /// Its colour; each can be read on the ground of code.
    pub fn color(self, palette: &Palette) -> Color {
        let [blue, rust, plum, green, teal, olive, brick] = palette.names;
        match self {
            Self::Keyword => plum,
            Self::Text | Self::Insertion => green,
            Self::Comment => palette.muted,
            Self::Value => rust,
            Self::Function => blue,
            Self::Type => teal,
            Self::Attribute => olive,
            Self::Deletion => brick,
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "keyword" | "kw" | "operator_word" => Self::Keyword,
            "string" | "character" | "link" => Self::Text,
            "comment" | "quote" => Self::Comment,
            "digit" | "boolean" | "math" => Self::Value,
            "function" => Self::Function,
            "struct" | "namespace" | "header" | "heading" | "key" | "table" => Self::Type,
            "attribute" | "macros" | "macro" | "tag" | "reference" => Self::Attribute,
            "deletion" => Self::Deletion,
            "insertion" => Self::Insertion,
            _ => return None,
        })
    }
}

/// Stretches of a piece of code, in order.
pub type Tokens = Arc<[(Range<usize>, Token)]>;

/// What is known of a piece of code.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Its colours.
    Known(Tokens),
    /// They are being found out.
    Soon,
    /// Nobody knows this language.
    Never,
}

/// So much code keeps its colours.
const KEPT: usize = 48;
/// More than a message can hold is not coloured.
const LONGEST: usize = 32_768;

#[derive(Default)]
struct Work {
    /// The latest last.
    known: VecDeque<(String, String, Tokens)>,
    waiting: VecDeque<(String, String)>,
    running: bool,
}

static WORK: Mutex<Work> = Mutex::new(Work { known: VecDeque::new(), waiting: VecDeque::new(), running: false });

fn work() -> MutexGuard<'static, Work> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The colours of code in a language that goes by this name.
pub fn tokens(language: &str, code: &str) -> Answer {
    let Some(extension) = extension(language).filter(|_| code.len() <= LONGEST) else { return Answer::Never };
    let mut work = work();
    if let Some(at) = work.known.iter().position(|(of, known, _)| of == extension && known == code)
        && let Some(found) = work.known.remove(at)
    {
        let tokens = found.2.clone();
        work.known.push_back(found);
        return Answer::Known(tokens);
    }
    if !work.waiting.iter().any(|(of, waiting)| of == extension && waiting == code) {
        work.waiting.push_back((extension.to_owned(), code.to_owned()));
    }
    if !work.running {
        let spawned = std::thread::Builder::new().name("highlight".to_owned()).spawn(run);
        work.running = spawned.is_ok();
    }
    Answer::Soon
}

/// Waits until nothing is being found out.
#[cfg(test)]
pub(crate) fn wait() {
    while work().running {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

fn run() {
    loop {
        let (extension, code) = {
            let mut work = work();
            // It is only taken away when it is known, so that nobody asks for it a second time.
            match work.waiting.front().cloned() {
                Some(next) => next,
                None => {
                    work.running = false;
                    return;
                }
            }
        };
        let found = std::panic::catch_unwind(AssertUnwindSafe(|| find(&extension, &code))).unwrap_or_default();
        let mut work = work();
        let _ = work.waiting.pop_front();
        work.known.push_back((extension, code, found.into()));
        if work.known.len() > KEPT {
            let _ = work.known.pop_front();
        }
    }
}

fn find(extension: &str, code: &str) -> Vec<(Range<usize>, Token)> {
    let Some(mut highlighter) = synoptic::from_extension(extension, 1) else { return Vec::new() };
    // A tab counts as one column, as it is one byte.
    let code = code.replace('\t', " ");
    let lines: Vec<String> = code.split('\n').map(str::to_owned).collect();
    highlighter.run(&lines);
    let mut out = Vec::new();
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        let mut at = start;
        for part in highlighter.line(index, line) {
            let (words, name) = match &part {
                synoptic::TokOpt::Some(words, name) => (words, Some(name)),
                synoptic::TokOpt::None(words) => (words, None),
            };
            // What it gives back is the line; should it ever not be, the rest keeps the colour of words.
            if code.get(at..at + words.len()) != Some(words) {
                break;
            }
            if let Some(token) = name.and_then(|name| Token::named(name)) {
                out.push((at..at + words.len(), token));
            }
            at += words.len();
        }
        start += line.len() + 1;
    }
    out
}

/// By which ending of files a language is known.
fn extension(language: &str) -> Option<&'static str> {
    let language = language.trim().to_ascii_lowercase();
    Some(match language.as_str() {
        "rs" | "rust" => "rs",
        "asm" | "assembly" | "nasm" | "s" => "asm",
        "py" | "python" | "python3" | "pyw" => "py",
        "rb" | "ruby" => "rb",
        "pl" | "perl" | "pm" | "cgi" => "pm",
        "lua" => "lua",
        "r" => "r",
        "go" | "golang" => "go",
        "js" | "javascript" | "jsx" | "mjs" | "node" => "js",
        "ts" | "typescript" | "tsx" => "ts",
        "dart" => "dart",
        "c" | "h" => "c",
        "cpp" | "c++" | "cc" | "cxx" | "hpp" => "cpp",
        "cs" | "c#" | "csharp" => "cs",
        "swift" => "swift",
        "json" | "json5" | "jsonc" => "json",
        "kt" | "kotlin" => "kt",
        "java" => "java",
        "vb" | "vbnet" => "vb",
        "m" | "matlab" | "objc" | "objectivec" | "objective-c" => "m",
        "php" => "php",
        "scala" => "scala",
        "prolog" => "prolog",
        "hs" | "haskell" => "hs",
        "css" | "scss" | "less" => "css",
        "html" | "htm" | "xhtml" | "vue" | "svelte" => "html",
        "md" | "markdown" => "md",
        "toml" | "ini" | "conf" => "toml",
        "yaml" | "yml" => "yaml",
        "sh" | "bash" | "shell" | "zsh" | "console" | "fish" => "sh",
        "sql" | "sqlite" | "mysql" | "postgresql" | "plpgsql" => "sql",
        "xml" | "svg" | "xaml" => "xml",
        "nu" => "nu",
        "tex" | "latex" => "tex",
        "diff" | "patch" => "diff",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &[
        "rs", "asm", "py", "rb", "pm", "lua", "r", "go", "js", "ts", "dart", "c", "cpp", "cs", "swift", "json", "kt",
        "java", "vb", "m", "php", "scala", "prolog", "hs", "css", "html", "md", "toml", "yaml", "sh", "sql", "xml",
        "nu", "tex", "diff",
    ];

    #[test]
    fn every_language_that_is_named_is_known() {
        for name in NAMES {
            let extension = extension(name).unwrap();
            assert!(synoptic::from_extension(extension, 1).is_some(), "{name}");
        }
        assert_eq!(tokens("klingon", "qapla'"), Answer::Never);
    }

    #[test]
    fn words_texts_and_remarks_are_told_apart() {
        let code = "let\ta = \"мир 👍\"; // дом\nfn b() { 12.5 }";
        let found = find("rs", code);
        let named: Vec<_> = found.iter().map(|(range, token)| (&code[range.clone()], *token)).collect();
        assert!(named.contains(&("let", Token::Keyword)), "{named:?}");
        assert!(named.contains(&("\"мир 👍\"", Token::Text)), "{named:?}");
        assert!(named.contains(&("// дом", Token::Comment)), "{named:?}");
        assert!(named.contains(&("12.5", Token::Value)), "{named:?}");
        assert!(found.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start));
    }

    #[test]
    fn no_code_breaks_it() {
        for name in NAMES {
            for code in ["", "\n\n", "\"", "/*", "```", "👩‍👩‍👧 'a \u{301}\"\\", "<a href='", "\t\t{{\t}}", "سلام \"عולם"]
            {
                let found = find(extension(name).unwrap(), code);
                assert!(found.iter().all(|(range, _)| code.get(range.clone()).is_some()), "{name} {code:?}");
            }
        }
    }

    #[test]
    fn it_is_found_out_beside_the_interface_and_kept() {
        let code = "fn only_here() {}";
        assert_eq!(tokens("rust", code), Answer::Soon);
        let found = loop {
            match tokens("Rust", code) {
                Answer::Soon => std::thread::yield_now(),
                other => break other,
            }
        };
        assert!(matches!(found, Answer::Known(tokens) if !tokens.is_empty()));
    }
}
