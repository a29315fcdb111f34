//! The words of the tray and its panel.
