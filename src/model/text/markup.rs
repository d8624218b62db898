//! Formatted text for other programs: as HTML, and as Markdown.

use super::{Entity, EntityKind, FormattedText};

impl FormattedText {
    /// The text as a piece of HTML, for the clipboard.
    pub fn to_html(&self) -> String {
        let mut out = String::with_capacity(self.text.len() * 2);
        let mut open: Vec<&Entity> = Vec::new();
        for span in self.spans() {
            close(&mut out, &mut open, &span.entities, html_end);
            for entity in span.entities.iter().skip(open.len()) {
                html_start(&mut out, self, entity);
            }
            open.clone_from(&span.entities);
            let code = open.iter().any(|entity| matches!(entity.kind, EntityKind::Pre(_)));
            escape(&mut out, span.text, !code);
        }
        close(&mut out, &mut open, &[], html_end);
        out
    }

    /// The text as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = String::with_capacity(self.text.len() * 2);
        let mut open: Vec<&Entity> = Vec::new();
        let longest = longest_run(&self.text, '`');
        let fence = "`".repeat(longest.max(2) + 1);
        // One is enough around words of a text that has none.
        let tick = if longest == 0 { "`" } else { &fence };
        for span in self.spans() {
            close(&mut out, &mut open, &span.entities, |out, entity| markdown_end(out, entity, &fence, tick));
            for entity in span.entities.iter().skip(open.len()) {
                markdown_start(&mut out, entity, &fence, tick);
            }
            open.clone_from(&span.entities);
            let is_code = |entity: &&Entity| matches!(entity.kind, EntityKind::Pre(_) | EntityKind::Code);
            let verbatim = open.iter().any(is_code);
            let quoted = open.iter().any(|entity| matches!(entity.kind, EntityKind::Quote { .. }));
            for c in span.text.chars() {
                if !verbatim && matches!(c, '*' | '_' | '`' | '~' | '[' | ']' | '\\' | '|') {
                    out.push('\\');
                }
                out.push(c);
                if c == '\n' && quoted {
                    out.push_str("> ");
                }
            }
        }
        close(&mut out, &mut open, &[], |out, entity| markdown_end(out, entity, &fence, tick));
        out
    }
}

/// Ends what does not go on, innermost first, and whatever was begun inside of it.
fn close<'a>(
    out: &mut String,
    open: &mut Vec<&'a Entity>,
    next: &[&'a Entity],
    mut end: impl FnMut(&mut String, &Entity),
) {
    let same = open.iter().zip(next).take_while(|(a, b)| std::ptr::eq(**a, **b)).count();
    for entity in open.drain(same..).rev() {
        end(out, entity);
    }
}

fn escape(out: &mut String, text: &str, breaks: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' if breaks => out.push_str("<br>"),
            c => out.push(c),
        }
    }
}

fn html_start(out: &mut String, text: &FormattedText, entity: &Entity) {
    let words = || text.text.get(entity.start..entity.end).unwrap_or_default();
    let link = |out: &mut String, address: &str| {
        out.push_str("<a href=\"");
        escape(out, address, false);
        out.push_str("\">");
    };
    match &entity.kind {
        EntityKind::Bold => out.push_str("<b>"),
        EntityKind::Italic => out.push_str("<i>"),
        EntityKind::Underline => out.push_str("<u>"),
        EntityKind::Strike => out.push_str("<s>"),
        EntityKind::Spoiler => out.push_str("<span class=\"spoiler\">"),
        EntityKind::Code => out.push_str("<code>"),
        EntityKind::Pre(language) if language.is_empty() => out.push_str("<pre><code>"),
        EntityKind::Pre(language) => {
            out.push_str("<pre><code class=\"language-");
            escape(out, language, false);
            out.push_str("\">");
        }
        EntityKind::Quote { .. } => out.push_str("<blockquote>"),
        EntityKind::Url => {
            let words = words();
            match words.contains("://") {
                true => link(out, words),
                false => link(out, &format!("https://{words}")),
            }
        }
        EntityKind::TextUrl(url) => link(out, url),
        EntityKind::Email => link(out, &format!("mailto:{}", words())),
        EntityKind::Phone => link(out, &format!("tel:{}", words())),
        EntityKind::Mention => link(out, &format!("https://t.me/{}", words().trim_start_matches('@'))),
        EntityKind::MentionName(_)
        | EntityKind::Hashtag
        | EntityKind::Cashtag
        | EntityKind::BotCommand
        | EntityKind::BankCard
        | EntityKind::CustomEmoji(_) => {}
    }
}

fn html_end(out: &mut String, entity: &Entity) {
    out.push_str(match &entity.kind {
        EntityKind::Bold => "</b>",
        EntityKind::Italic => "</i>",
        EntityKind::Underline => "</u>",
        EntityKind::Strike => "</s>",
        EntityKind::Spoiler => "</span>",
        EntityKind::Code => "</code>",
        EntityKind::Pre(_) => "</code></pre>",
        EntityKind::Quote { .. } => "</blockquote>",
        EntityKind::Url | EntityKind::TextUrl(_) | EntityKind::Email | EntityKind::Phone | EntityKind::Mention => {
            "</a>"
        }
        EntityKind::MentionName(_)
        | EntityKind::Hashtag
        | EntityKind::Cashtag
        | EntityKind::BotCommand
        | EntityKind::BankCard
        | EntityKind::CustomEmoji(_) => "",
    });
}

/// The sign that stands before and behind.
fn sign(kind: &EntityKind) -> &'static str {
    match kind {
        EntityKind::Bold => "**",
        EntityKind::Italic => "_",
        EntityKind::Strike => "~~",
        EntityKind::Spoiler => "||",
        _ => "",
    }
}

fn markdown_start(out: &mut String, entity: &Entity, fence: &str, tick: &str) {
    match &entity.kind {
        EntityKind::Code => out.push_str(tick),
        EntityKind::Pre(language) => {
            line(out);
            out.push_str(fence);
            out.extend(language.chars().filter(|c| !c.is_whitespace() && *c != '`'));
            out.push('\n');
        }
        EntityKind::Quote { .. } => {
            line(out);
            out.push_str("> ");
        }
        EntityKind::TextUrl(_) => out.push('['),
        kind => out.push_str(sign(kind)),
    }
}

fn markdown_end(out: &mut String, entity: &Entity, fence: &str, tick: &str) {
    match &entity.kind {
        EntityKind::Code => out.push_str(tick),
        EntityKind::Pre(_) => {
            line(out);
            out.push_str(fence);
            out.push('\n');
        }
        EntityKind::Quote { .. } => out.push('\n'),
        EntityKind::TextUrl(url) => {
            out.push_str("](");
            for c in url.chars() {
                match c {
                    '(' => out.push_str("%28"),
                    ')' => out.push_str("%29"),
                    c if c.is_whitespace() => out.push_str("%20"),
                    c => out.push(c),
                }
            }
            out.push(')');
        }
        kind => out.push_str(sign(kind)),
    }
}

/// What follows begins a line.
fn line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn longest_run(text: &str, of: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str, entities: &[(i64, i64, EntityKind)]) -> FormattedText {
        FormattedText::from_utf16(words.into(), entities.iter().cloned())
    }

    #[test]
    fn html_nests_what_overlaps() {
        let text = text("one two three", &[(0, 7, EntityKind::Bold), (4, 9, EntityKind::Italic)]);
        assert_eq!(text.to_html(), "<b>one <i>two</i></b><i> three</i>");
        let text = FormattedText::plain("a < b & \"c\"\nd");
        assert_eq!(text.to_html(), "a &lt; b &amp; &quot;c&quot;<br>d");
    }

    #[test]
    fn html_keeps_links_and_code() {
        let words = text(
            "see x\nlet a;",
            &[(4, 1, EntityKind::TextUrl("https://a.example/?q=\"&".into())), (6, 6, EntityKind::Pre("rust".into()))],
        );
        assert_eq!(
            words.to_html(),
            "see <a href=\"https://a.example/?q=&quot;&amp;\">x</a><br><pre><code class=\"language-rust\">let a;</code></pre>"
        );
    }

    #[test]
    fn markdown_has_signs_and_escapes() {
        let words = text(
            "bold snake_case here x\ncode\nq\nr",
            &[
                (0, 4, EntityKind::Bold),
                (16, 4, EntityKind::TextUrl("https://a.example/(b)".into())),
                (21, 1, EntityKind::Code),
                (23, 4, EntityKind::Pre("rust".into())),
                (28, 3, EntityKind::Quote { collapsed: false }),
            ],
        );
        assert_eq!(
            words.to_markdown(),
            "**bold** snake\\_case [here](https://a.example/%28b%29) `x`\n```rust\ncode\n```\n\n> q\n> r\n"
        );
        assert_eq!(text("a `` b", &[(0, 6, EntityKind::Code)]).to_markdown(), "```a `` b```");
    }
}
