//! The small markup in which the world's texts are written, and what it becomes (core.telegram.org/api/entities).

use grammers_tl_types::{enums::MessageEntity, types};

/// Turns `**bold**`, `__italic__`, `~~struck~~`, `` `code` ``, fences with a language, `[words](address)`, bare
/// addresses, `@names` and `#tags` into words and entities, which count in UTF-16 units.
pub(crate) fn parse(source: &str) -> (String, Vec<MessageEntity>) {
    scan(source, true)
}

/// What a server finds by itself in words that somebody sent: addresses, `@names` and `#tags`.
pub(crate) fn found(text: &str) -> Vec<MessageEntity> {
    scan(text, false).1
}

fn scan(source: &str, marks: bool) -> (String, Vec<MessageEntity>) {
    // Most words are plain ones, and there are many: every test makes a world of them.
    let has_sign = source.contains(['*', '_', '~', '`', '[', '@', '#']);
    if !has_sign && !source.contains("://") && !source.contains("keepers.example/") {
        return (source.to_owned(), Vec::new());
    }
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut rest = source;
    while !rest.is_empty() {
        if let Some((inner, language, after)) = fence(rest).filter(|_| marks) {
            let (offset, length) = put(&mut text, inner);
            entities.push(types::MessageEntityPre { offset, length, language: language.to_owned() }.into());
            rest = after;
        } else if let Some((inner, after)) = between(rest, "**", "**").filter(|_| marks) {
            let (offset, length) = put(&mut text, inner);
            entities.push(types::MessageEntityBold { offset, length }.into());
            rest = after;
        } else if let Some((inner, after)) = between(rest, "__", "__").filter(|_| marks) {
            let (offset, length) = put(&mut text, inner);
            entities.push(types::MessageEntityItalic { offset, length }.into());
            rest = after;
        } else if let Some((inner, after)) = between(rest, "~~", "~~").filter(|_| marks) {
            let (offset, length) = put(&mut text, inner);
            entities.push(types::MessageEntityStrike { offset, length }.into());
            rest = after;
        } else if let Some((inner, after)) = between(rest, "`", "`").filter(|_| marks) {
            let (offset, length) = put(&mut text, inner);
            entities.push(types::MessageEntityCode { offset, length }.into());
            rest = after;
        } else if let Some((inner, url, after)) = link(rest).filter(|_| marks) {
            let (offset, length) = put(&mut text, inner);
            entities.push(types::MessageEntityTextUrl { offset, length, url: url.to_owned() }.into());
            rest = after;
        } else {
            let begins_word = text.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let word = if begins_word { word(rest) } else { "" };
            if begins_word
                && (word.starts_with("https://") || word.starts_with("http://") || word.starts_with("keepers.example/"))
            {
                let word = word.trim_end_matches(['.', ',', ')', '!', '?']);
                let (offset, length) = put(&mut text, word);
                entities.push(types::MessageEntityUrl { offset, length }.into());
                rest = rest.get(word.len()..).unwrap_or_default();
            } else if begins_word && sigil(word, '@').is_some() {
                let name = sigil(word, '@').unwrap_or_default();
                let (offset, length) = put(&mut text, name);
                entities.push(types::MessageEntityMention { offset, length }.into());
                rest = rest.get(name.len()..).unwrap_or_default();
            } else if begins_word && sigil(word, '#').is_some() {
                let tag = sigil(word, '#').unwrap_or_default();
                let (offset, length) = put(&mut text, tag);
                entities.push(types::MessageEntityHashtag { offset, length }.into());
                rest = rest.get(tag.len()..).unwrap_or_default();
            } else {
                let mut characters = rest.chars();
                text.extend(characters.next());
                rest = characters.as_str();
            }
        }
    }
    (text, entities)
}

/// Adds words and says where they stand, in UTF-16 units.
fn put(text: &mut String, words: &str) -> (i32, i32) {
    let offset = text.encode_utf16().count() as i32;
    text.push_str(words);
    (offset, words.encode_utf16().count() as i32)
}

fn between<'a>(rest: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let (inner, after) = rest.strip_prefix(open)?.split_once(close)?;
    (!inner.is_empty() && !inner.starts_with(' ')).then_some((inner, after))
}

fn fence(rest: &str) -> Option<(&str, &str, &str)> {
    let (inner, after) = rest.strip_prefix("```")?.split_once("```")?;
    let (language, inner) = inner.split_once('\n')?;
    Some((inner.trim_end_matches('\n'), language, after))
}

fn link(rest: &str) -> Option<(&str, &str, &str)> {
    let (inner, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (url, after) = after.split_once(')')?;
    (!inner.contains('\n')).then_some((inner, url, after))
}

fn word(rest: &str) -> &str {
    rest.split(char::is_whitespace).next().unwrap_or_default()
}

/// `@name` or `#tag` at the start of a word, without what follows it.
fn sigil(word: &str, mark: char) -> Option<&str> {
    let inner = word.strip_prefix(mark)?;
    let length: usize = inner.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
    (length >= 3).then(|| word.get(..length + 1).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_utf16_units() {
        let (text, entities) = parse("🌅 **now** and `x`, see https://a.example/b. @theo_lamp");
        assert_eq!(text, "🌅 now and x, see https://a.example/b. @theo_lamp");
        let expected: Vec<MessageEntity> = vec![
            types::MessageEntityBold { offset: 3, length: 3 }.into(),
            types::MessageEntityCode { offset: 11, length: 1 }.into(),
            types::MessageEntityUrl { offset: 18, length: 19 }.into(),
            types::MessageEntityMention { offset: 39, length: 10 }.into(),
        ];
        assert_eq!(entities, expected);
    }

    #[test]
    fn fences_and_links_keep_their_inside() {
        let (text, entities) = parse("[notes](https://k.example) and\n```rust\nlet a = 1;\n```");
        assert_eq!(text, "notes and\nlet a = 1;");
        assert!(matches!(entities.as_slice(), [MessageEntity::TextUrl(_), MessageEntity::Pre(_)]));
    }

    #[test]
    fn loose_marks_stay_words() {
        for text in ["a ** b", "2 * 3", "`", "[x] y", "# no", "mail@x"] {
            assert_eq!(parse(text), (text.to_owned(), Vec::new()));
        }
    }
}
