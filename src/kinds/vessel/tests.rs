//! Files, good and bad, read as vessels.

use super::error::shown;
use super::input::{Given, Order};
use super::reading::{Contents, look, read};
use super::tree::tree;
use super::{VesselError, called, estimate, plan};
use crate::studio::CraftError;
use crate::studio::vessel::{Attachment, PartTree};
use std::fmt::Write;

fn read_text(text: &str, vessel: Option<&str>) -> Result<PartTree, String> {
    let vessel = read(text.as_bytes(), vessel, &mut |_, _| true);
    vessel
        .map(|vessel| tree(&vessel))
        .map_err(|error| error.to_string())
}

const STONE: &str = include_str!("../../../samples/craft/Skipping Stone.craft");
const HARBOUR: &str = include_str!("../../../samples/craft/harbour.sfs");

#[test]
fn a_craft_becomes_a_tree_with_its_links_attachments_groups_and_stages() {
    let tree = read_text(STONE, None).unwrap();
    assert_eq!(tree.vessel.name, "Skipping Stone");
    assert_eq!(tree.vessel.game_version, "1.12.5");
    assert_eq!((tree.parts.len(), tree.root, tree.depth), (12, 0, 7));
    let part = |at: usize| &tree.parts[at];
    assert_eq!(part(0).attachment, Attachment::Root);
    let at = |name: &str| {
        tree.parts
            .iter()
            .position(|part| part.name == name)
            .unwrap()
    };
    let stack = |node: &str| Attachment::Stack {
        node: Some(node.to_owned()),
    };
    assert_eq!(part(at("parachuteSingle")).attachment, stack("bottom"));
    assert_eq!(part(at("fuelTankSmall")).attachment, stack("top"));
    let decoupler = part(at("radialDecoupler2"));
    assert_eq!(decoupler.attachment, Attachment::Surface);
    assert_eq!(
        (decoupler.stage, decoupler.title.as_str()),
        (Some(2), "TT-70 Radial Decoupler")
    );
    assert_eq!(decoupler.parent, Some(at("fuelTank.long")));
    assert_eq!(tree.symmetry_groups.len(), 2);
    let group = &tree.symmetry_groups[decoupler.symmetry_group.unwrap()];
    assert_eq!(group.len(), 2);
    assert!(group.iter().all(|at| part(*at).name == "radialDecoupler2"));
    assert_eq!(part(0).stage, None);
    let fuel = tree
        .resources
        .iter()
        .find(|one| one.name == "SolidFuel")
        .unwrap();
    assert!((fuel.amount - 750.0).abs() < 1e-9);
    assert_eq!(part(at("solidBooster.v2")).resources[0].name, "SolidFuel");
}

#[test]
fn a_vessel_of_a_save_is_found_by_its_name() {
    let tree = read_text(HARBOUR, Some("Reed")).unwrap();
    assert_eq!((tree.vessel.name.as_str(), tree.parts.len()), ("Reed", 4));
    assert_eq!(tree.parts[1].attachment, Attachment::Surface);
    assert_eq!(tree.parts[1].category, None);
    assert_eq!(tree.parts[3].parent, Some(2));
    assert_eq!(tree.vessel.game_version, "1.12.5");
    let contents = look(HARBOUR.as_bytes(), &mut |_, _| true).unwrap();
    let Contents::Save(entries) = contents else {
        panic!("{contents:?}");
    };
    let by_pid = read_text(HARBOUR, Some(&entries[1].pid)).unwrap();
    assert_eq!(by_pid, tree);
}

#[test]
fn lines_may_end_either_way_and_a_mark_may_begin_the_file() {
    let tree = read_text(STONE, None).unwrap();
    assert!(STONE.starts_with('\u{feff}') && STONE.contains("\r\n"));
    let plain = STONE.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    assert_eq!(read_text(&plain, None).unwrap(), tree);
    let remarked = plain.replace('\n', " // said by hand\n");
    assert_eq!(read_text(&remarked, None).unwrap(), tree);
}

#[test]
fn a_name_that_the_game_translates_is_none() {
    for (ship, name) in [
        ("Kerbal X", "Kerbal X"),
        ("#autoLOC_501232 //#autoLOC_501232 = Kerbal X", ""),
    ] {
        let text = format!("ship = {ship}\nPART{{part=a_1\n}}");
        assert_eq!(read_text(&text, None).unwrap().vessel.name, name);
    }
}

#[test]
fn a_file_that_is_no_vessel_says_what_is_wrong() {
    let craft = |parts: &[&str]| {
        let mut text = String::new();
        for part in parts {
            writeln!(text, "PART{{{part}}}").unwrap();
        }
        text
    };
    let save = |inside: &str| format!("GAME{{FLIGHTSTATE{{VESSEL{{name=A\n{inside}}}}}}}");
    for (text, said) in [
        (String::new(), "neither a craft"),
        ("GAME{}".to_owned(), "neither a craft"),
        (
            craft(&["part=a_1\nlink=b_2", "part=b_2\nlink=a_1"]),
            "no root part",
        ),
        (craft(&["part=a_1\nlink=a_1"]), "no root part"),
        (
            craft(&["part=r_0", "part=a_1\nlink=b_2", "part=b_2\nlink=a_1"]),
            "a_1 is linked in a circle",
        ),
        (
            craft(&["part=a_1", "part=b_2"]),
            "b_2 hangs on no other part",
        ),
        (craft(&["part=a_1\nlink=b_2"]), "linked to b_2"),
        (
            craft(&["part=a_1", "part=a_1"]),
            "Two parts have the id a_1",
        ),
        (
            craft(&[
                "part=a_1\nlink=b_2\nlink=c_3",
                "part=b_2\nlink=c_3",
                "part=c_3",
            ]),
            "Two parts are linked to c_3",
        ),
        (craft(&["part=nothing"]), "no id such as"),
        (craft(&["x=y"]), "no id such as"),
        (craft(&["part=_1"]), "no id such as"),
        (
            "PART{part=a_1".to_owned(),
            "cut off: the block that begins in line 1",
        ),
        (save(""), "The vessel A has no parts"),
        (save("PART{name=a\n}"), "no root part"),
        (save("root=7\nPART{name=a\n}"), "no root part"),
        (save("root=0\nPART{parent=0\n}"), "has no name"),
        (
            save("root=0\nPART{name=a\n}PART{name=b\nparent=9\n}"),
            "linked to 9",
        ),
        (
            save("root=0\nPART{name=a\n}PART{name=b\nparent=2\n}PART{name=c\nparent=1\n}"),
            "linked in a circle",
        ),
        (HARBOUR.to_owned(), "Name one: Pebble in orbit, Reed"),
    ] {
        let error = read_text(&text, None).unwrap_err();
        assert!(error.contains(said), "{text}: {error}");
        assert!(!error.contains("failure."), "{error}");
    }
    let error = read_text(STONE, Some("Pebble")).unwrap_err();
    assert!(error.contains("called Skipping Stone"), "{error}");
}

#[test]
fn a_tree_counts_what_is_there_and_what_there_could_be() {
    let tree = read_text(HARBOUR, Some("Pebble in orbit")).unwrap();
    let fuel = tree.resources.iter().find(|one| one.name == "LiquidFuel");
    let fuel = fuel.unwrap();
    assert_eq!((fuel.amount, fuel.max_amount), (90.0, 180.0));
    let parachute = tree.parts.iter().find(|one| one.name == "parachuteSingle");
    assert_eq!(parachute.unwrap().stage, Some(0));
    let text = "PART{part=pod_1\nlink=b_2\nlink=c_3\nlink=c_4}\nPART{part=b_2\n}PART{part=c_3\n}PART{part=c_4\n}";
    let unknown = read_text(&text.replace('}', "\n}"), None).unwrap().vessel;
    let unknown = unknown.unknown_parts.into_iter();
    let counted: Vec<_> = unknown.map(|one| (one.name, one.count)).collect();
    assert_eq!(counted[0], ("c".to_owned(), 2), "the most frequent first");
    assert_eq!(counted.len(), 3);
}

#[test]
fn a_part_is_held_by_a_surface_or_a_node_and_either_of_two_names_the_other() {
    let held = |more: &str| {
        let text = format!("PART{{part=a_1\nlink=b_2\n}}PART{{part=b_2\n{more}\n}}");
        read_text(&text, None).unwrap().parts[1].attachment.clone()
    };
    let stack = |node: Option<&str>| Attachment::Stack {
        node: node.map(str::to_owned),
    };
    for (more, attachment) in [
        ("attN=top,a_1", stack(Some("top"))),
        ("attN=top,a_1\nsrfN=srfAttach,a_1", Attachment::Surface),
        ("attN=top,a_1_0|-1.2|0_0|0|0\nattm=1", stack(Some("top"))),
        ("attm=1", Attachment::Surface),
        ("attm=0", stack(None)),
    ] {
        assert_eq!(held(more), attachment, "{more}");
    }
    let text = "PART{part=a_1\nlink=b_2\nlink=b_3\nlink=b_4\n}PART{part=b_2\n}\
                PART{part=b_3\nsym=b_2\n}PART{part=b_4\nsym=b_2\n}";
    let tree = read_text(text, None).unwrap();
    assert_eq!(tree.symmetry_groups, [[1, 2, 3]]);
}

#[test]
fn the_vessels_of_a_save_are_where_the_game_puts_them() {
    let vessel = "VESSEL{name=A\npid=p\nroot=0\nPART{name=a\n}}";
    for (text, found) in [
        (vessel.to_owned(), true),
        (format!("FLIGHTSTATE{{{vessel}}}"), true),
        (
            format!("GAME{{version=1.12.5\nFLIGHTSTATE{{version=1.0\n{vessel}}}}}"),
            true,
        ),
        (format!("GAME{{SCENARIO{{{vessel}}}}}"), false),
    ] {
        let tree = read_text(&text, None);
        assert_eq!(tree.is_ok(), found, "{text}: {tree:?}");
        if text.starts_with("GAME") && found {
            assert_eq!(tree.unwrap().vessel.game_version, "1.12.5");
        } else if found {
            assert_eq!(tree.unwrap().parts[0].id, "0", "without one of its own");
        }
    }
    let save = "VESSEL{name=A\nroot=0\nPART{name=a\n}PART{name=b\nparent=2\n}}";
    let said = read_text(save, None).unwrap_err();
    assert!(said.contains("linked to 2"), "{said}");
}

#[test]
fn a_list_of_vessels_stays_short_and_a_save_has_an_end() {
    for (vessels, end) in [(20, "V19"), (21, "V19, … (+1)")] {
        let mut save = String::new();
        for vessel in 0..vessels {
            write!(save, "VESSEL{{name=V{vessel}\n}}").unwrap();
        }
        let said = read_text(&save, None).unwrap_err();
        assert!(said.contains(end) && !said.contains("+0"), "{said}");
    }
    for (vessels, said) in [(10_000, "no parts"), (10_001, "more than 10,000 vessels")] {
        let mut save = "VESSEL{name=A\n}".to_owned();
        save.push_str(&"VESSEL{name=B\n}".repeat(vessels - 1));
        let error = read_text(&save, Some("A")).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
    let parts = |parts: u32| {
        (0..parts).fold(String::new(), |text, part| {
            text + &format!("PART{{part=a_{part}\n}}")
        })
    };
    let said = read_text(&parts(20_000), None).unwrap_err();
    assert!(said.contains("hangs on no other part"), "{said}");
}

#[test]
fn a_name_is_shown_in_one_short_line() {
    for (name, expected) in [
        ("Pebble\u{7}\n2".to_owned(), "Pebble  2".to_owned()),
        ("é".repeat(80), "é".repeat(80)),
        ("é".repeat(81), "é".repeat(80) + "…"),
    ] {
        assert_eq!(shown(&name), expected);
    }
}

#[test]
fn a_file_that_went_meanwhile_and_one_that_grew_have_words_of_their_own() {
    for (error, said) in [
        (CraftError::Missing, "no longer in the craft folder"),
        (CraftError::Outside, "no longer in the craft folder"),
        (CraftError::TooLarge, "larger than 64 MiB"),
    ] {
        let error = VesselError::from(error).to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_job_is_called_after_its_vessel_or_else_after_its_file() {
    let order = |given| Order {
        given,
        vessel: None,
    };
    let craft = |name: &str| order(Given::Craft(name.to_owned()));
    for (name, order, expected) in [
        (Some("Kerbal X"), craft("Ships/a.craft"), "Kerbal X"),
        (None, craft("Ships/VAB/a.b.craft"), "a.b"),
        (None, order(Given::Text("x".to_owned())), "?"),
        (Some(" "), craft("a.craft"), "?"),
        (Some("<b>x</b>"), craft("a.craft"), "?"),
    ] {
        assert_eq!(called(name.map(str::to_owned), &order), expected);
    }
    assert!(estimate(42_000_000) > 2.0 * estimate(4_700_000));
}

#[test]
fn a_chain_of_ten_thousand_parts_is_read_planned_and_dropped() {
    let mut text = String::new();
    for part in 0..10_000 {
        let link = if part < 9_999 {
            format!("link=structuralPanel_{}\n", part + 1)
        } else {
            String::new()
        };
        writeln!(text, "PART{{part=structuralPanel_{part}\n{link}}}").unwrap();
    }
    let vessel = read(text.as_bytes(), None, &mut |_, _| true).unwrap();
    assert_eq!(tree(&vessel).depth, 9_999);
    assert!(plan::plan(&vessel, &|| false, &mut |_, _, _| true).is_ok());
}

#[test]
fn a_vessel_has_an_end_and_reading_can_be_stopped() {
    let mut many = String::new();
    for part in 0..=20_000 {
        write!(many, "PART{{part=a_{part}\n}}").unwrap();
    }
    let said = read_text(&many, None).unwrap_err();
    assert!(said.contains("more than 20000 parts"), "{said}");
    let stopped = read(STONE.as_bytes(), None, &mut |parts, _| parts < 3);
    assert!(matches!(stopped, Err(VesselError::Stopped)));
}

/// Gives a save of many vessels as it is read, and counts: it is never whole in memory.
struct Endless {
    vessels: usize,
    text: Vec<u8>,
    at: usize,
}

impl std::io::Read for Endless {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() && self.vessels > 0 {
            self.vessels -= 1;
            let mut text = format!("VESSEL{{name=V{}\nroot=0\n", self.vessels);
            for part in 0..50 {
                let filler = "x".repeat(900);
                let parent = usize::from(part > 1);
                write!(
                    text,
                    "PART{{name=a\nparent={parent}\nMODULE{{y={filler}\n}}}}"
                )
                .unwrap();
            }
            text.push_str("}\n");
            if self.vessels == 0 {
                text.push_str("}}");
            }
            (self.text, self.at) = (text.into_bytes(), 0);
        }
        let size = to.len().min(self.text.len() - self.at);
        to[..size].copy_from_slice(&self.text[self.at..self.at + size]);
        self.at += size;
        Ok(size)
    }
}

#[test]
fn of_a_save_of_fifty_megabytes_one_vessel_is_kept() {
    let save = Endless {
        vessels: 1100,
        text: b"GAME{FLIGHTSTATE{".to_vec(),
        at: 0,
    };
    let (mut most, mut bytes) = (0, 0);
    let input = std::io::BufReader::new(save);
    let vessel = read(input, Some("V7"), &mut |parts, at| {
        most = most.max(parts);
        bytes = at;
        true
    });
    assert_eq!(vessel.unwrap().parts.len(), 50);
    assert_eq!(most, 50);
    assert!(bytes > 50_000_000, "{bytes}");
}
