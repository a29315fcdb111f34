//! Prints a story of five chapters: `print_story PROMPT [en|fr] [SEED]`.

use narrator::{Language, Outline, Premise, write_chapter};
use std::error::Error;

const CHAPTERS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let prompt = arguments
        .next()
        .ok_or("usage: print_story PROMPT [en|fr] [SEED]")?;
    let language = match arguments.next().as_deref() {
        None | Some("en") => Language::English,
        Some("fr") => Language::French,
        Some(other) => return Err(format!("{other}: expected en or fr").into()),
    };
    let seed = arguments.next().map_or(Ok(11), |seed| seed.parse())?;
    let outline = Outline::new(Premise {
        prompt,
        cast: Vec::new(),
        chapters: CHAPTERS,
        language,
        seed,
    })?;
    let mut story = format!("# {}\n", outline.title());
    for chapter in 0..CHAPTERS {
        story += &write_chapter(&outline, chapter, &story)?;
    }
    println!("{story}");
    Ok(())
}
