//! Colours as numbers.

/// Red, green and blue in sRGB.
pub type Rgb = [u8; 3];

/// Reads a colour written as `#rrggbb`.
pub fn parse_colour(text: &str) -> Option<Rgb> {
    let hex = text.trim().strip_prefix('#')?;
    if hex.len() != 6 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

#[cfg(test)]
mod tests {
    use super::parse_colour;

    #[test]
    fn only_six_hex_digits_after_a_hash_are_a_colour() {
        for (text, colour) in [
            ("#102030", Some([16, 32, 48])),
            (" #FFffFF ", Some([255; 3])),
            ("102030", None),
            ("#12345", None),
            ("#é1234", None),
            ("#gg0000", None),
            ("#+1+2+3", None),
        ] {
            assert_eq!(parse_colour(text), colour, "{text}");
        }
    }
}
